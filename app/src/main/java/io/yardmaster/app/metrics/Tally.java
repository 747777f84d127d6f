package io.yardmaster.app.metrics;

/** A count that one thread adds to; other threads see it as last published. */
final class Tally {
    private long count;
    private volatile long published;

    void add(long more) {
        count += more;
    }

    void publish() {
        if (count != published) {
            published = count;
        }
    }

    long published() {
        return published;
    }
}
