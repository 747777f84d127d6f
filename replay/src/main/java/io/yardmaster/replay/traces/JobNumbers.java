package io.yardmaster.replay.traces;

/** Gives the jobs of all files of a replay ids of their own, from 1 on. */
public final class JobNumbers {
    private long last;

    /** An id that no job of the replay has. */
    public long next() {
        return ++last;
    }
}
