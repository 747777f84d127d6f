package io.yardmaster.core.graph;

/**
 * Facts about a graph that never change.
 *
 * @param continues whether a failure stops nothing but what depends on it
 * @param hasEnded whether some stage runs although what it waits for has failed
 * @param hasPriorities whether some stage has a priority
 */
record GraphTraits(boolean commit, boolean cleanup, boolean continues, boolean hasEnded, boolean hasPriorities) {
    private static final int COMMIT = 1;
    private static final int CLEANUP = 2;
    private static final int CONTINUES = 4;
    private static final int HAS_ENDED = 8;
    private static final int HAS_PRIORITIES = 8192;

    static GraphTraits of(CheckedGraph checked, GraphTerms submitted) {
        return new GraphTraits(
                submitted.commit(),
                submitted.cleanup(),
                submitted.continues(),
                checked.hasEnded(),
                checked.stages().stream().anyMatch(stage -> stage.priority() != 0));
    }

    static GraphTraits ofBits(int bits) {
        return new GraphTraits(
                (bits & COMMIT) != 0,
                (bits & CLEANUP) != 0,
                (bits & CONTINUES) != 0,
                (bits & HAS_ENDED) != 0,
                (bits & HAS_PRIORITIES) != 0);
    }

    /** Its bits in a record, where others are beside them. */
    int bits() {
        return (commit ? COMMIT : 0)
                | (cleanup ? CLEANUP : 0)
                | (continues ? CONTINUES : 0)
                | (hasEnded ? HAS_ENDED : 0)
                | (hasPriorities ? HAS_PRIORITIES : 0);
    }
}
