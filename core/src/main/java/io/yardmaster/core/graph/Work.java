package io.yardmaster.core.graph;

import java.util.List;

/**
 * Something that is to be done with a graph, in steps.
 *
 * @param first the first task of the stage, or the first successor, that is left
 * @param last the last task of the stage
 */
record Work(Kind kind, int stage, int first, int last) {
    enum Kind {
        /** Judge these tasks of the stage: some may run now, or never (G2). */
        JUDGE,
        /** Kill these tasks of the stage. */
        KILL,
        /** Tell the stages that wait for this one that it has ended. */
        TELL,
        /** The job has failed: take the tasks that must not run out of its queue, of which {@code last} are left to look at. */
        SIFT,
        /** The job has failed: kill what waits in this stage and in those behind it, and stop what runs (G4). */
        STOP,
        /** A session has begun: make ready what has not ended, of this stage and those behind it (G6). */
        REVIVE,
        /** The order of stages has changed: give the tasks of a rank in a queue the ranks that they have now; {@code last} are left. */
        RANK
    }

    /** By their number in a record. */
    private static final List<Kind> KINDS =
            List.of(Kind.JUDGE, Kind.KILL, Kind.TELL, Kind.SIFT, Kind.STOP, Kind.REVIVE, Kind.RANK);

    /** The number of its kind in a record. */
    int code() {
        return KINDS.indexOf(kind);
    }

    static Work of(int kind, int stage, int first, int last) {
        return new Work(KINDS.get(kind), stage, first, last);
    }
}
