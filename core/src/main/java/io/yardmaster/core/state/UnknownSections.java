package io.yardmaster.core.state;

/**
 * The sections of a record whose tags this version does not know: a newer one wrote them, and finds them again. So a version
 * can be taken back without losing what it does not use.
 */
public final class UnknownSections {
    private byte[] kept = new byte[0];

    /** Keeps the section whose tag was read just now. */
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
