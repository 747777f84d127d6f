package io.yardmaster.connectors.event;

/**
 * The event that one row stands for.
 *
 * @param index of the task that can run; -1 in the other lanes
 * @param attempt 0 in the other lanes
 * @param hasTask of a cleanup: true if there is a cleanup task to run
 */
record LaneEvent(Lane lane, long group, long job, long session, int index, int attempt, boolean hasTask) {
    static LaneEvent ready(long group, long job, long session, int index, int attempt) {
        return new LaneEvent(Lane.READY, group, job, session, index, attempt, true);
    }

    static LaneEvent finalizing(Lane lane, long group, long job, long session, boolean hasTask) {
        return new LaneEvent(lane, group, job, session, -1, 0, hasTask);
    }
}
