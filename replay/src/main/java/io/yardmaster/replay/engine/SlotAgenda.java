package io.yardmaster.replay.engine;

import io.yardmaster.core.values.DispatchedTask;

/**
 * The slots of the fleet, and which of the tasks in them ends next: a heap of slots by the end of their tasks, and among equal ones by
 * the order in which they began.
 */
final class SlotAgenda {
    private final DispatchedTask[] tasks;
    private final JobWork[] works;
    private final long[] ends;
    private final long[] begun;
    private final boolean[] killed;
    /** The slots in use, as a heap, and behind them the free ones. */
    private final int[] slots;

    private int used;
    private long count;

    /** A fleet of this many slots, all free. */
    SlotAgenda(int size) {
        this.tasks = new DispatchedTask[size];
        this.works = new JobWork[size];
        this.ends = new long[size];
        this.begun = new long[size];
        this.killed = new boolean[size];
        this.slots = new int[size];
        for (int slot = 0; slot < size; slot++) {
            slots[slot] = slot;
        }
    }

    int free() {
        return slots.length - used;
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
        int slot = slots[used];
        tasks[slot] = task;
        works[slot] = work;
        ends[slot] = end;
        begun[slot] = count++;
        killed[slot] = false;
        up(used++);
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

    /** Frees the slot of the task that ends next. */
    void removeFirst() {
        int slot = slots[0];
        tasks[slot] = null;
        works[slot] = null;
        used--;
        slots[0] = slots[used];
        slots[used] = slot;
        down(0);
    }

    /** Lets some tasks of a job end now; all of them if the count is 0. Looks at every slot in use. */
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
