package io.yardmaster.bench.load;

import io.yardmaster.schemas.TaskReady;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Ready events of many jobs in random order: both the jobs and the events of one job are shuffled, so that no two
 * neighbours have anything to do with each other.
 *
 * @param jobs how many there are
 * @param eventsPerJob each of which has other tasks of the job
 * @param tasksPerEvent with consecutive indices
 * @param seed the same seed gives the same order
 */
public record ScatteredEvents(int jobs, int eventsPerJob, int tasksPerEvent, long seed) {
    private static final int GROUPS = 10;
    private static final long SESSION = 1;

    public int events() {
        return Math.multiplyExact(jobs, eventsPerJob);
    }

    /** By their place in the order. */
    public LongFunction<TaskReady> inOrder() {
        int[] order = IntStream.range(0, events()).toArray();
        Random random = new Random(seed);
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int moved = order[last];
            order[last] = order[other];
            order[other] = moved;
        }
        return place -> event(order[Math.toIntExact(place)]);
    }

    private TaskReady event(int number) {
        long job = 1L + number % jobs;
        int first = number / jobs * tasksPerEvent;
        List<Integer> indices =
                IntStream.range(first, first + tasksPerEvent).boxed().toList();
        return new TaskReady(job % GROUPS, job, SESSION, indices, 0);
    }
}
