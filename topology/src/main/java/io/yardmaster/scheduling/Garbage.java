package io.yardmaster.scheduling;

/** Pages of jobs that are gone. They are deleted little by little; what is left to delete is in the storage. */
final class Garbage {
    /** Jobs whose pages are looked for in one tick, and pages of one job that are deleted at once. */
    private static final int JOBS_PER_TICK = 50;

    private static final int PAGES_AT_ONCE = 20;

    private final Storage storage;
    private final Keys keys;
    private final Fifo owners;
    private long latestOwner;
    /** Where to go on with the pages of the first owner; null to begin. */
    private byte[] from;

    boolean changed;

    Garbage(Storage storage, Keys keys) {
        this.storage = storage;
        this.keys = keys;
        this.owners = new Fifo(storage, keys, Fifo.GARBAGE, 0);
    }

    /** A number under which nobody has had pages. */
    long newOwner() {
        changed = true;
        return ++latestOwner;
    }

    /** All pages of this kind and owner are to be deleted. */
    void add(byte kind, long owner) {
        changed = true;
        owners.append(owner, kind);
    }

    long size() {
        return owners.size();
    }

    void reclaim() {
        for (int i = 0; i < JOBS_PER_TICK && owners.size() > 0; i++) {
            Fifo.Entry oldest = owners.peek();
            byte[] prefix = keys.pages((byte) oldest.stamp(), oldest.job());
            from = storage.deleteRange(from == null ? prefix : from, Keys.end(prefix), PAGES_AT_ONCE);
            if (from == null) {
                owners.remove(oldest.place());
                changed = true;
            }
        }
    }

    /** What belongs to an older session is deleted with it. */
    void clear() {
        owners.clear();
        from = null;
    }

    void write(RecordWriter writer) {
        writer.unsigned(latestOwner);
        owners.write(writer);
    }

    void read(RecordReader reader) {
        latestOwner = reader.unsigned();
        owners.read(reader);
    }
}
