package io.yardmaster.core.state;

/** Pages of jobs that are gone. They are deleted little by little; which are left to delete is in the storage. */
public final class Garbage implements Section {
    private static final int TAG = 5;

    /** Jobs whose pages are looked for in one tick, and pages of one job that are deleted at once. */
    private static final int JOBS_PER_TICK = 50;

    private static final int PAGES_AT_ONCE = 20;

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final Fifo owners;
    private long latestOwner;
    /** Where to go on with the pages of the first owner; null to begin. */
    private byte[] from;

    public Garbage(Storage storage, Keys keys, Ledger ledger) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        this.owners = new Fifo(storage, keys, Fifo.GARBAGE, 0);
        ledger.keep(TAG, this);
    }

    /** A number under which nobody has had pages. */
    long newOwner() {
        ledger.touch();
        return ++latestOwner;
    }

    /** All pages of this kind and owner are to be deleted. */
    void add(byte kind, long owner) {
        ledger.touch();
        owners.append(owner, kind);
    }

    /** Deletes up to a thousand pages. */
    public void reclaim() {
        for (int i = 0; i < JOBS_PER_TICK && owners.size() > 0; i++) {
            Fifo.Entry oldest = owners.peek();
            byte[] prefix = keys.pages((byte) oldest.stamp(), oldest.job());
            from = storage.deleteRange(from == null ? prefix : from, Keys.end(prefix), PAGES_AT_ONCE);
            if (from == null) {
                owners.remove(oldest.place());
                ledger.touch();
            }
        }
    }

    /** What belongs to an older session is deleted with it. */
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

    /** Pages lay under the id of their job, and were deleted at once. */
    @Override
    public void readLayout1(StateReader reader) {}
}
