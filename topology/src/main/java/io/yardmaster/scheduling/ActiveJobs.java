package io.yardmaster.scheduling;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * The jobs in the rotation. Their index in storage has a numbered slot for each, which is used again, so that opening
 * reads as many entries as there are active jobs.
 */
final class ActiveJobs implements Iterable<Job> {
    private final Storage storage;
    private final Keys keys;
    private final Turns turns;
    private final BitSet changedSlots = new BitSet();
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private Job[] slots = new Job[16];
    private int slotsUsed;
    private int size;
    private long backlog;

    ActiveJobs(Storage storage, Keys keys, Turns turns) {
        this.storage = storage;
        this.keys = keys;
        this.turns = turns;
    }

    Turns turns() {
        return turns;
    }

    int size() {
        return size;
    }

    /** Buffered tasks of all active jobs. */
    long backlog() {
        return backlog;
    }

    void grow(long tasks) {
        backlog += tasks;
    }

    /** Joins at the tail; the seat is higher than all others. */
    void add(Job job, long seat) {
        job.phase = Job.Phase.ACTIVE;
        job.seat = seat;
        job.slot = freeSlots.isEmpty() ? slotsUsed++ : freeSlots.pop();
        take(job);
        changedSlots.set(job.slot);
        turns.add(job);
    }

    private void take(Job job) {
        if (job.slot >= slots.length) {
            slots = Arrays.copyOf(slots, Math.max(2 * slots.length, job.slot + 1));
        }
        slots[job.slot] = job;
        size++;
        backlog += job.queue.size();
    }

    void remove(Job job) {
        turns.remove(job);
        slots[job.slot] = null;
        changedSlots.set(job.slot);
        freeSlots.push(job.slot);
        size--;
        backlog -= job.queue.size();
    }

    @Override
    public Iterator<Job> iterator() {
        return Arrays.stream(slots).filter(Objects::nonNull).iterator();
    }

    void load(JobTable jobs, Rotation.Cursor cursor) {
        record Seat(int slot, long seat, long job) {}
        List<Seat> seats = new ArrayList<>();
        storage.scan(keys.activeSlots(), (key, value) -> {
            ByteBuffer entry = ByteBuffer.wrap(value);
            seats.add(new Seat(Keys.lastInt(key), entry.getLong(), entry.getLong()));
        });
        List<Job> active = new ArrayList<>();
        seats.stream().sorted(Comparator.comparingLong(Seat::seat)).forEach(seat -> {
            Job job = jobs.get(seat.job());
            job.seat = seat.seat();
            job.slot = seat.slot();
            take(job);
            active.add(job);
        });
        slotsUsed = seats.stream().mapToInt(seat -> seat.slot() + 1).max().orElse(0);
        for (int slot = 0; slot < slotsUsed; slot++) {
            if (slots[slot] == null) {
                freeSlots.push(slot);
            }
        }
        turns.restore(active, cursor);
    }

    void flush() {
        for (int slot = changedSlots.nextSetBit(0); slot >= 0; slot = changedSlots.nextSetBit(slot + 1)) {
            byte[] key = keys.activeSlot(slot);
            if (slots[slot] == null) {
                storage.delete(key);
            } else {
                storage.put(
                        key,
                        ByteBuffer.allocate(16)
                                .putLong(slots[slot].seat)
                                .putLong(slots[slot].id)
                                .array());
            }
        }
        changedSlots.clear();
    }
}
