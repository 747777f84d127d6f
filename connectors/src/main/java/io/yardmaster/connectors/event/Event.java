package io.yardmaster.connectors.event;

/**
 * What one row says.
 *
 * @param index of the task that can run; -1 in the other lanes
 * @param attempt 0 in the other lanes
 * @param hasTask of a cleanup: whether there is anything to run
 */
record Event(Lane lane, long group, long job, long session, int index, int attempt, boolean hasTask) {
    static Event ready(long group, long job, long session, int index, int attempt) {
        return new Event(Lane.READY, group, job, session, index, attempt, true);
    }

    static Event finalizing(Lane lane, long group, long job, long session, boolean hasTask) {
        return new Event(lane, group, job, session, -1, 0, hasTask);
    }
}
