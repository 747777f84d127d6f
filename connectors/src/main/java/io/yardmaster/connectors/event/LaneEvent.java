package io.yardmaster.connectors.event;

import io.yardmaster.schemas.JobGraph;

/**
 * The event that one row stands for.
 *
 * @param index of the task that can run; -1 in the other lanes
 * @param attempt 0 in the other lanes
 * @param hasTask of a cleanup: true if there is a cleanup task to run
 * @param graph the whole value in the lane of graphs; null in the other lanes
 */
record LaneEvent(
        Lane lane, long group, long job, long session, int index, int attempt, boolean hasTask, JobGraph graph) {
    /** A graph belongs to no session of the storage. */
    private static final long ANY_SESSION = -1;

    static LaneEvent ready(long group, long job, long session, int index, int attempt) {
        return new LaneEvent(Lane.READY, group, job, session, index, attempt, true, null);
    }

    static LaneEvent finalizing(Lane lane, long group, long job, long session, boolean hasTask) {
        return new LaneEvent(lane, group, job, session, -1, 0, hasTask, null);
    }

    static LaneEvent graph(long group, long job, JobGraph graph) {
        return new LaneEvent(Lane.GRAPH, group, job, ANY_SESSION, -1, 0, false, graph);
    }
}
