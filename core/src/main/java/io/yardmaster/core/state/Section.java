package io.yardmaster.core.state;

/** A part of the {@link Ledger}, which one room writes and reads. */
public interface Section {
    void write(StateWriter writer);

    void read(StateReader reader);

    /** What version 0.1.0 wrote in place of it. */
    default void readLayout1(StateReader reader) {
        read(reader);
    }

    /** A newer session begins: what belongs to the older one is void. */
    void beginSession();
}
