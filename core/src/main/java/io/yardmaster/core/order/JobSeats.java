package io.yardmaster.core.order;

import io.yardmaster.core.jobs.Job;
import java.util.Arrays;

/** The seats of active jobs in rings, by the jobs' slots, which are numbered closely. A job does not know the orders it is in. */
final class JobSeats {
    private static final int NO_SEAT = -1;

    private int[] bySlot = new int[0];

    void put(Job job, int seat) {
        if (job.slot >= bySlot.length) {
            int before = bySlot.length;
            bySlot = Arrays.copyOf(bySlot, Math.max(2 * before, job.slot + 1));
            Arrays.fill(bySlot, before, bySlot.length, NO_SEAT);
        }
        bySlot[job.slot] = seat;
    }

    /** Removes the job and returns its seat. */
    int remove(Job job) {
        int seat = bySlot[job.slot];
        if (seat == NO_SEAT) {
            throw new IllegalStateException("job " + job.id + " has no seat");
        }
        bySlot[job.slot] = NO_SEAT;
        return seat;
    }
}
