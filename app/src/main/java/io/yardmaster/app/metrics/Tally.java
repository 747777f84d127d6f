package io.yardmaster.app.metrics;

/** A count that one thread adds to, and others see as it was when it was published last. */
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
