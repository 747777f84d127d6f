package io.yardmaster.replay.engine;

import io.yardmaster.core.values.DispatchedTask;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The slots of the fleet, and which of the tasks that run ends next: a heap of places by the end of their tasks, and among equal ones by
 * the order in which they began. Tasks on hosts may run apart from the slots.
 */
final class SlotAgenda {
    private final int size;
    private DispatchedTask[] tasks;
    private JobWork[] works;
    private long[] ends;
    private long[] begun;
    private boolean[] killed;
    private boolean[] apart;
    /** The places in use, as a heap, and behind them the free ones. */
    private int[] slots;

    private int used;
    private int usedApart;
    private long count;

    /** A fleet of this many slots, all free. */
    SlotAgenda(int size) {
        this.size = size;
        this.tasks = new DispatchedTask[size];
        this.works = new JobWork[size];
        this.ends = new long[size];
        this.begun = new long[size];
        this.killed = new boolean[size];
        this.apart = new boolean[size];
        this.slots = IntStream.range(0, size).toArray();
    }

    /** The number of slots that are free. */
    int free() {
        return size - used + usedApart;
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** The time at which the next task ends; the largest number if none runs. */
    long firstEnd() {
        return used == 0 ? Long.MAX_VALUE : ends[slots[0]];
    }

    /** Puts a task into a free slot, of which there must be one. */
    void add(DispatchedTask task, JobWork work, long end) {
        add(task, work, end, false);
    }

    /** Lets a task run apart from the slots. */
    void addApart(DispatchedTask task, JobWork work, long end) {
        usedApart++;
        add(task, work, end, true);
    }

    private void add(DispatchedTask task, JobWork work, long end, boolean isApart) {
        if (used == slots.length) {
            grow(2 * used);
        }
        int slot = slots[used];
        tasks[slot] = task;
        works[slot] = work;
        ends[slot] = end;
        begun[slot] = count++;
        killed[slot] = false;
        apart[slot] = isApart;
        up(used++);
    }

    private void grow(int length) {
        int from = slots.length;
        tasks = Arrays.copyOf(tasks, length);
        works = Arrays.copyOf(works, length);
        ends = Arrays.copyOf(ends, length);
        begun = Arrays.copyOf(begun, length);
        killed = Arrays.copyOf(killed, length);
        apart = Arrays.copyOf(apart, length);
        slots = Arrays.copyOf(slots, length);
        for (int slot = from; slot < length; slot++) {
            slots[slot] = slot;
        }
    }

    DispatchedTask firstTask() {
        return tasks[slots[0]];
    }

    JobWork firstWork() {
        return works[slots[0]];
    }

    boolean firstKilled() {
        return killed[slots[0]];
    }

    /** Frees the place of the task that ends next. */
    void removeFirst() {
        remove(0);
        down(0);
    }

    /**
     * Frees the place of a task that does not run on; nothing happens if it has ended. Looks at every place in use.
     *
     * @return the time at which it would have ended
     */
    OptionalLong stop(DispatchedTask task) {
        for (int place = 0; place < used; place++) {
            if (tasks[slots[place]].id() == task.id()) {
                long end = ends[slots[place]];
                remove(place);
                order();
                return OptionalLong.of(end);
            }
        }
        return OptionalLong.empty();
    }

    private void remove(int place) {
        int slot = slots[place];
        usedApart -= apart[slot] ? 1 : 0;
        tasks[slot] = null;
        works[slot] = null;
        used--;
        slots[place] = slots[used];
        slots[used] = slot;
    }

    /** Lets some tasks of a job end now; all of them if the count is 0. Looks at every place in use. */
    void kill(long job, int first, int many, long now) {
        for (int place = 0; place < used; place++) {
            int slot = slots[place];
            DispatchedTask task = tasks[slot];
            boolean named = many == 0 || (task.taskIndex() >= first && task.taskIndex() - first < many);
            if (task.job() == job && named && ends[slot] > now) {
                ends[slot] = now;
                killed[slot] = true;
            }
        }
        order();
    }

    private void order() {
        for (int place = used / 2 - 1; place >= 0; place--) {
            down(place);
        }
    }

    private boolean before(int slot, int other) {
        return ends[slot] != ends[other] ? ends[slot] < ends[other] : begun[slot] < begun[other];
    }

    private void up(int start) {
        int place = start;
        int slot = slots[place];
        while (place > 0) {
            int parent = (place - 1) >> 1;
            if (!before(slot, slots[parent])) {
                break;
            }
            slots[place] = slots[parent];
            place = parent;
        }
        slots[place] = slot;
    }

    private void down(int start) {
        if (start >= used) {
            return;
        }
        int place = start;
        int slot = slots[place];
        for (int child = 2 * place + 1; child < used; child = 2 * place + 1) {
            if (child + 1 < used && before(slots[child + 1], slots[child])) {
                child++;
            }
            if (!before(slots[child], slot)) {
                break;
            }
            slots[place] = slots[child];
            place = child;
        }
        slots[place] = slot;
    }
}
