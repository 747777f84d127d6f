package io.yardmaster.core.state;

import org.jspecify.annotations.Nullable;

/**
 * The overflow of one job's record: values of about 1 KB, each written and read by itself. They lie under a number, their
 * owner, that no other job ever has. After the pages were discarded this job gets a new number, so that the old pages need
 * not be deleted at once.
 */
public final class Pages implements PageStore {
    /** The part of the job's queue; in other pages the part is the size, in bits, of an interval of seen tasks. */
    public static final int QUEUE = -1;

    private static final long NONE = 0;

    private final Storage storage;
    private final Keys keys;
    private final Garbage garbage;
    private final long job;
    private long owner = NONE;

    public Pages(Storage storage, Keys keys, Garbage garbage, long job) {
        this.storage = storage;
        this.keys = keys;
        this.garbage = garbage;
        this.job = job;
    }

    @Override
    public byte @Nullable [] get(int part, int number) {
        return storage.get(keys.page(owner, part, number));
    }

    @Override
    public void put(int part, int number, byte[] page) {
        if (owner == NONE) {
            owner = garbage.newOwner();
        }
        storage.put(keys.page(owner, part, number), page);
    }

    @Override
    public void delete(int part, int number) {
        storage.delete(keys.page(owner, part, number));
    }

    /** A page that a version with layout 1 wrote. */
    public byte @Nullable [] getOld(byte kind, int level, int number) {
        return storage.get(keys.oldPage(kind, job, level, number));
    }

    public void putOld(byte kind, int level, int number, byte[] page) {
        storage.put(keys.oldPage(kind, job, level, number), page);
    }

    public void deleteOld(byte kind, int level, int number) {
        storage.delete(keys.oldPage(kind, job, level, number));
    }

    /** Has all pages deleted in later ticks. */
    public void discard() {
        if (owner != NONE) {
            garbage.add(Keys.PAGE, owner);
            owner = NONE;
        }
    }

    /** Has all pages of layout 1 deleted in later ticks. */
    public void discardOld(byte kind) {
        garbage.add(kind, job);
    }

    /** Returns whether a page was put since the pages were last discarded. */
    public boolean hasOwner() {
        return owner != NONE;
    }

    public void write(StateWriter writer) {
        writer.unsigned(owner);
    }

    public void read(StateReader reader) {
        owner = reader.unsigned();
    }
}
