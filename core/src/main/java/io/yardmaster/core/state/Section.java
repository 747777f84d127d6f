package io.yardmaster.core.state;

/** A part of the {@link Ledger}, which one class writes and reads. */
public interface Section {
    void write(StateWriter writer);

    void read(StateReader reader);

    /** Reads the section as version 0.1.0 wrote it. */
    default void readLayout1(StateReader reader) {
        read(reader);
    }

    /** Returns whether it is as at first, so that the ledger need not have it. */
    default boolean isInitial() {
        return false;
    }

    /** Begins a newer session: all that belongs to the older one is void. */
    void beginSession();
}
