package io.yardmaster.core.jobs;

import org.jspecify.annotations.Nullable;

/** The jobs in memory by their ids, in two arrays: a lookup, of which each outcome needs one, boxes no id and follows no chain. */
final class JobsById {
    private static final int FIRST_LENGTH = 16;
    /** Spreads ids that differ in few bits: 2 to the power of 64, divided by the golden ratio. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /** By slot, where a job has one. */
    private long[] ids = new long[FIRST_LENGTH];
    /** By slot: a job lies in the slot of its id or behind it, with no free one between; half of the slots are free. */
    private @Nullable Job[] jobs = new Job[FIRST_LENGTH];

    private int size;

    @Nullable
    Job get(long id) {
        return jobs[slotOf(id)];
    }

    /** The slot of the job with this id, or the free one where it belongs. */
    private int slotOf(long id) {
        int slot = home(id);
        while (jobs[slot] != null && ids[slot] != id) {
            slot = behind(slot);
        }
        return slot;
    }

    private int home(long id) {
        return (int) ((id * SPREAD) >>> (1 + Integer.numberOfLeadingZeros(jobs.length) + Integer.SIZE));
    }

    private int behind(int slot) {
        return (slot + 1) & (jobs.length - 1);
    }

    /** Puts a job in the place of the one that has its id, if there is one. */
    void put(Job job) {
        int slot = slotOf(job.id);
        if (jobs[slot] == null && 2 * ++size > jobs.length) {
            grow();
            slot = slotOf(job.id);
        }
        ids[slot] = job.id;
        jobs[slot] = job;
    }

    private void grow() {
        @Nullable Job[] all = jobs;
        ids = new long[2 * all.length];
        jobs = new Job[2 * all.length];
        for (Job job : all) {
            if (job != null) {
                int slot = slotOf(job.id);
                ids[slot] = job.id;
                jobs[slot] = job;
            }
        }
    }

    void remove(long id) {
        int free = slotOf(id);
        if (jobs[free] == null) {
            return;
        }
        size--;
        for (int slot = behind(free); jobs[slot] != null; slot = behind(slot)) {
            // A job may move if that does not put it before the slot of its id.
            int distance = (slot - home(ids[slot])) & (jobs.length - 1);
            if (distance >= ((slot - free) & (jobs.length - 1))) {
                ids[free] = ids[slot];
                jobs[free] = jobs[slot];
                free = slot;
            }
        }
        jobs[free] = null;
    }

    void clear() {
        ids = new long[FIRST_LENGTH];
        jobs = new Job[FIRST_LENGTH];
        size = 0;
    }
}
