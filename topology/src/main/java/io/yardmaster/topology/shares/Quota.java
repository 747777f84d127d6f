package io.yardmaster.topology.shares;

/** The part of the dispatch window that one shard may use, by the grants that it has seen. */
final class Quota {
    private int granted;
    private long seen;

    /** @param seen the version of the grant; 0 for none */
    Quota(int granted, long seen) {
        this.granted = granted;
        this.seen = seen;
    }

    int granted() {
        return granted;
    }

    long seen() {
        return seen;
    }

    /** Takes over a grant, unless it is an old one. Returns true if it was taken over. */
    boolean obey(int quota, long version) {
        if (version <= seen) {
            return false;
        }
        seen = version;
        granted = quota;
        return true;
    }

    /** The part of the window that the shard may be using: after a smaller grant it shrinks as assignments are taken. */
    int held(int outstanding) {
        return Math.max(granted, outstanding);
    }
}
