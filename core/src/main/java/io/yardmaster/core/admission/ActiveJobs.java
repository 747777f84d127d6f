package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The jobs in the rotation. The storage has an index of them, so that opening reads one entry for each place of the pool:
 * numbered slots, each of which names a job. A job that leaves keeps its slot's entry, and takes the slot again when it comes
 * back if no other job needed it meanwhile, so that the index need not be written when jobs run out of tasks and get new ones.
 * So an entry counts only if the job's own record says that it is active in this slot.
 */
public final class ActiveJobs implements Iterable<Job> {
    private final Storage storage;
    private final Keys keys;
    private final int places;
    /** By slot: the active job that has it, or null. */
    private @Nullable Job[] occupants = new Job[16];
    /** By slot: the job that its entry names, if it has an entry. */
    private long[] named = new long[16];

    private final BitSet hasEntry = new BitSet();
    private final BitSet free = new BitSet();
    private final BitSet changed = new BitSet();
    private int slots;
    private int size;
    private long backlog;

    ActiveJobs(Storage storage, Keys keys, int places) {
        this.storage = storage;
        this.keys = keys;
        this.places = places;
    }

    public int size() {
        return size;
    }

    /** Buffered tasks of all active jobs. */
    public long backlog() {
        return backlog;
    }

    public void grow(long tasks) {
        backlog += tasks;
    }

    /** Gives the job a slot and this seat, which is higher than all others. */
    void add(Job job, long seat) {
        job.phase = Job.Phase.ACTIVE;
        job.seat = seat;
        job.slot = slotFor(job);
        if (!names(job.slot, job)) {
            named[job.slot] = job.id;
            hasEntry.set(job.slot);
            changed.set(job.slot);
        }
        take(job);
    }

    /** The job's former slot if that still names it; else a new slot or, beyond the pool's places, the former slot of another job. */
    private int slotFor(Job job) {
        if (job.slot != Job.NO_SLOT && free.get(job.slot) && names(job.slot, job)) {
            return job.slot;
        }
        if (slots < places || free.isEmpty()) {
            makeRoom(slots);
            return slots++;
        }
        return free.nextSetBit(0);
    }

    private boolean names(int slot, Job job) {
        return hasEntry.get(slot) && named[slot] == job.id;
    }

    private void makeRoom(int slot) {
        if (slot >= occupants.length) {
            int length = Math.max(2 * occupants.length, slot + 1);
            occupants = Arrays.copyOf(occupants, length);
            named = Arrays.copyOf(named, length);
        }
    }

    private void take(Job job) {
        occupants[job.slot] = job;
        free.clear(job.slot);
        size++;
        backlog += job.ready();
    }

    void remove(Job job) {
        occupants[job.slot] = null;
        free.set(job.slot);
        size--;
        backlog -= job.ready();
    }

    /** Frees the slot of a job that is not active and will not come back. */
    public void giveUpSlot(Job job) {
        if (job.slot != Job.NO_SLOT && names(job.slot, job)) {
            hasEntry.clear(job.slot);
            changed.set(job.slot);
        }
        job.slot = Job.NO_SLOT;
    }

    @Override
    public Iterator<Job> iterator() {
        return Arrays.stream(occupants).filter(Objects::nonNull).iterator();
    }

    /** Loads the active jobs and returns them. */
    List<Job> load(JobTable jobs) {
        storage.scan(keys.activeSlots(), (key, value) -> {
            int slot = Keys.lastInt(key);
            makeRoom(slot);
            slots = Math.max(slots, slot + 1);
            named[slot] = ByteBuffer.wrap(value).getLong();
            hasEntry.set(slot);
        });
        free.set(0, slots);
        List<Job> active = new ArrayList<>();
        for (int slot = hasEntry.nextSetBit(0); slot >= 0; slot = hasEntry.nextSetBit(slot + 1)) {
            Job job = jobs.find(named[slot]);
            if (job != null && job.phase == Job.Phase.ACTIVE && job.slot == slot) {
                take(job);
                active.add(job);
            }
        }
        return active;
    }

    void flush() {
        for (int slot = changed.nextSetBit(0); slot >= 0; slot = changed.nextSetBit(slot + 1)) {
            byte[] key = keys.activeSlot(slot);
            if (hasEntry.get(slot)) {
                storage.put(key, ByteBuffer.allocate(8).putLong(named[slot]).array());
            } else {
                storage.delete(key);
            }
        }
        changed.clear();
    }
}
