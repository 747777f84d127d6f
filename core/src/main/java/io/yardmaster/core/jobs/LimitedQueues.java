package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks of one job that limits decide about, by their shapes. Each queue has a page of its own, as the job's record is small. */
public final class LimitedQueues {
    private static final int LISTED = 1;
    private static final int WITH_PRIORITIES = 2;
    private static final int OPEN = 4;
    private static final int FLAGS = 3;

    private final Pages pages;
    private final TaskQueue plain;
    private final List<LimitedTasks> all = new ArrayList<>(1);
    private long granted;
    private long named;

    LimitedQueues(Pages pages, TaskQueue plain) {
        this.pages = pages;
        this.plain = plain;
    }

    public List<LimitedTasks> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Tasks that may be offered. */
    public long granted() {
        return granted;
    }

    /** Tasks that need named limits, granted or not. */
    long named() {
        return named;
    }

    /** Epoch ms at which the earliest of the queues' heads became ready; the largest number if all queues are empty. */
    long oldestReadyAt() {
        return all.stream()
                .filter(tasks -> tasks.queue.size() > 0)
                .mapToLong(tasks -> tasks.queue.oldestReadyAt())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The tasks of a shape; null if there are none. */
    public @Nullable LimitedTasks find(int shape) {
        for (LimitedTasks tasks : all) {
            if (tasks.shape == shape) {
                return tasks;
            }
        }
        return null;
    }

    /** The tasks of a shape, none at first. */
    public LimitedTasks obtain(int shape) {
        LimitedTasks tasks = find(shape);
        if (tasks == null) {
            tasks = create(shape);
            all.add(tasks);
        }
        return tasks;
    }

    private LimitedTasks create(int shape) {
        return new LimitedTasks(shape, shape == LimitedTasks.PLAIN ? plain : new TaskQueue(pages, shape));
    }

    /** Must follow each change of a queue's size, and of the number of its tasks that were granted. */
    public void changed(LimitedTasks tasks, long moreTasks, int moreGranted) {
        tasks.granted += moreGranted;
        tasks.changed = true;
        granted += moreGranted;
        named += tasks.shape == LimitedTasks.PLAIN ? 0 : moreTasks;
    }

    /** Forgets a queue that has no task, or the plain one, which is limited no more. */
    public void remove(LimitedTasks tasks) {
        granted -= tasks.granted;
        all.remove(tasks);
        if (tasks.shape != LimitedTasks.PLAIN && pages.hasOwner()) {
            pages.delete(LimitedTasks.partOf(tasks.shape), TaskRuns.ENDS);
        }
    }

    /** Writes what has changed of the queues. */
    void writeQueues(StateWriter writer) {
        for (LimitedTasks tasks : all) {
            if (tasks.changed && tasks.shape != LimitedTasks.PLAIN) {
                tasks.queue.normal().writeEnds(writer);
                tasks.queue.writePages(writer);
            }
            tasks.changed = false;
        }
    }

    void write(StateWriter writer) {
        for (LimitedTasks tasks : all) {
            boolean prioritized = tasks.shape != LimitedTasks.PLAIN && tasks.queue.hasOthers();
            writer.unsigned((long) tasks.shape << FLAGS
                    | (tasks.isListed ? LISTED : 0)
                    | (tasks.isOpen ? OPEN : 0)
                    | (prioritized ? WITH_PRIORITIES : 0));
            writer.unsigned(tasks.granted);
            if (tasks.isListed) {
                writer.unsigned(tasks.place);
            }
        }
    }

    /** Reads the queues, whose pages and whose plain one must have been read. */
    void read(StateReader reader) {
        while (reader.hasMore()) {
            long bits = reader.unsigned();
            LimitedTasks tasks = create((int) (bits >>> FLAGS));
            tasks.granted = reader.count();
            tasks.isListed = (bits & LISTED) != 0;
            tasks.isOpen = (bits & OPEN) != 0;
            tasks.place = tasks.isListed ? reader.unsigned() : 0;
            if (tasks.shape != LimitedTasks.PLAIN) {
                tasks.queue.normal().readEnds();
                if ((bits & WITH_PRIORITIES) != 0) {
                    tasks.queue.readOthers();
                }
                named += tasks.queue.size();
            }
            granted += tasks.granted;
            all.add(tasks);
        }
    }
}
