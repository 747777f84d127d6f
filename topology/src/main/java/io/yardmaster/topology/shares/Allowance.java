package io.yardmaster.topology.shares;

import io.yardmaster.scheduling.Scheduler;

/** How many assignments one lane partition may make, tick by tick. */
public interface Allowance {
    /** To be asked at the beginning of a tick, of which the time in ms goes forward only. */
    int room(long now, Scheduler scheduler);

    /** To be told at the end of the tick how many were made. */
    void spent(long now, Scheduler scheduler, int made);

    /** Whether anything waits for room, as of the latest tick: here or, where the window is shared, anywhere. */
    boolean isWanted(long now, Scheduler scheduler);

    /** How many it might have out as of the latest tick; 0 before it was known what is. */
    int granted();

    /** How many were out at the end of that tick. */
    int outstanding();
}
