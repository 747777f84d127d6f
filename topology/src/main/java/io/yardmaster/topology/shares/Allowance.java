package io.yardmaster.topology.shares;

import io.yardmaster.scheduling.Scheduler;

/** How many assignments one lane partition may make, tick by tick. */
public interface Allowance {
    /** To be asked at the beginning of a tick, of which the time in ms goes forward only. */
    int room(long now, Scheduler scheduler);

    /** To be told at the end of the tick how many were made. */
    void spent(long now, Scheduler scheduler, int made);
}
