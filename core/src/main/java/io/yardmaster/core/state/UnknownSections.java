package io.yardmaster.core.state;

/**
 * The sections of a record whose tags this version does not know. It writes them back unchanged, so that an operator can go
 * back to an older version and forward again without loss.
 */
public final class UnknownSections {
    private byte[] kept = new byte[0];

    /** Keeps the section whose tag was just read. */
    public void keep(int tag, StateReader reader) {
        StateWriter writer = new StateWriter().bytes(kept);
        int begun = writer.begin(tag);
        writer.bytes(reader.section().rest());
        writer.end(begun);
        kept = writer.toBytes();
    }

    public void write(StateWriter writer) {
        writer.bytes(kept);
    }
}
