package io.yardmaster.scheduling;

/** The overflow of one job's record: values of about 1 KB, each written and read by itself. */
final class Pages {
    private final Storage storage;
    private final Keys keys;
    private final long job;

    Pages(Storage storage, Keys keys, long job) {
        this.storage = storage;
        this.keys = keys;
        this.job = job;
    }

    byte[] get(byte kind, int level, int number) {
        return storage.get(keys.page(kind, job, level, number));
    }

    void put(byte kind, int level, int number, byte[] page) {
        storage.put(keys.page(kind, job, level, number), page);
    }

    void delete(byte kind, int level, int number) {
        storage.delete(keys.page(kind, job, level, number));
    }

    void deleteAll(byte kind) {
        byte[] prefix = keys.pages(kind, job);
        storage.deleteRange(prefix, Keys.end(prefix), Integer.MAX_VALUE);
    }
}
