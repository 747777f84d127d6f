package io.yardmaster.bench.load;

import io.yardmaster.schemas.TaskReady;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Ready events, the jobs in turn.
 *
 * @param tasks number of all tasks, a multiple of {@code jobs * tasksPerEvent}
 * @param firstIndex of each job's tasks, which ascend from there
 */
public record Workload(long tasks, int tasksPerEvent, int jobs, int firstIndex) {
    private static final int GROUPS = 10;
    private static final long SESSION = 1;

    public Workload(long tasks, int tasksPerEvent, int jobs) {
        this(tasks, tasksPerEvent, jobs, 0);
    }

    public long events() {
        return tasks / tasksPerEvent;
    }

    public long job(long event) {
        return 1 + event % jobs;
    }

    /** The number of the event that a task came with, if each event has one task. */
    public long event(long job, int taskIndex) {
        return (long) (taskIndex - firstIndex) * jobs + job - 1;
    }

    public TaskReady event(long event) {
        int first = first(event);
        return event(event, IntStream.range(first, first + tasksPerEvent));
    }

    private int first(long event) {
        return firstIndex + Math.toIntExact(event / jobs * tasksPerEvent);
    }

    private TaskReady event(long event, IntStream indices) {
        long job = job(event);
        List<Integer> boxed = indices.boxed().toList();
        return new TaskReady(job % GROUPS, job, SESSION, boxed, 0);
    }

    /** Events with the tasks that a job has by {@link #event(long)}, but in a random order, the same for all jobs. */
    public LongFunction<TaskReady> shuffled(long seed) {
        Random random = new Random(seed);
        int[] order = IntStream.range(0, Math.toIntExact(tasks / jobs)).toArray();
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int moved = order[last];
            order[last] = order[other];
            order[other] = moved;
        }
        return event -> event(
                event,
                IntStream.range(first(event), first(event) + tasksPerEvent)
                        .map(place -> firstIndex + order[place - firstIndex]));
    }
}
