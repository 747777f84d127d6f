package io.yardmaster.core.state;

import org.jspecify.annotations.Nullable;

/** Deletes the pages of discarded tasks, a portion in each tick. The list of pages to delete is in the storage. */
public final class Garbage implements Section {
    private static final int TAG = 5;

    /** Ranges of pages deleted in one tick. */
    private static final int RANGES_PER_TICK = 50;

    /** Pages deleted in one range. */
    private static final int PAGES_PER_RANGE = 20;

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final Fifo owners;
    private long latestOwner;
    /** The key from which the pages of the first owner are left to delete; null if all of them are. */
    private byte @Nullable [] from;

    public Garbage(Storage storage, Keys keys, Ledger ledger) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        this.owners = new Fifo(storage, keys, Fifo.GARBAGE, 0);
        ledger.keep(TAG, this);
    }

    /** A new number under which a job may store pages. */
    long newOwner() {
        ledger.touch();
        return ++latestOwner;
    }

    /** Has all pages of this kind and owner deleted, in later ticks. */
    void add(byte kind, long owner) {
        ledger.touch();
        owners.append(owner, kind);
    }

    /** Deletes up to a thousand pages. */
    public void reclaim() {
        for (int i = 0; i < RANGES_PER_TICK; i++) {
            Fifo.Entry oldest = owners.peek();
            if (oldest == null) {
                return;
            }
            byte[] prefix = keys.pages((byte) oldest.stamp(), oldest.job());
            from = storage.deleteRange(from == null ? prefix : from, Keys.end(prefix), PAGES_PER_RANGE);
            if (from == null) {
                owners.remove(oldest.place());
                ledger.touch();
            }
        }
    }

    /** Forgets the owners: their pages belong to the older session and are deleted with it. */
    @Override
    public void beginSession() {
        owners.clear();
        from = null;
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(latestOwner);
        owners.write(writer);
    }

    @Override
    public void read(StateReader reader) {
        latestOwner = reader.unsigned();
        owners.read(reader);
    }

    /** Reads nothing: pages of layout 1 lay under the id of their job, and were deleted at once. */
    @Override
    public void readLayout1(StateReader reader) {}
}
