package io.yardmaster.core.graph;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.LimitedQueues;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.jobs.TaskQueue;
import io.yardmaster.core.jobs.TaskRuns;
import org.jspecify.annotations.Nullable;

/** The tasks of a graph that wait in queues of its job, to be gone through a run at a time. */
final class WaitingTasks {
    private WaitingTasks() {}

    /** Takes a queue of a job, and the shape of its tasks. */
    interface QueueAction {
        void accept(int shape, TaskQueue queue);
    }

    /** Decides about successive tasks of one stage. */
    interface Choice {
        /** Returns whether they stay in the queue. */
        boolean stay(int stage, int first, int count, int attempt, long readyAt, @Nullable String trace);
    }

    /** Passes on the queues of tasks that have a shape, and then the one of those that have none. */
    static void forEachQueue(Job job, QueueAction action) {
        LimitedQueues limited = job.limited();
        if (limited != null) {
            for (LimitedTasks tasks : limited.all()) {
                if (tasks.shape != LimitedTasks.PLAIN) {
                    action.accept(tasks.shape, tasks.queue);
                }
            }
        }
        action.accept(LimitedTasks.PLAIN, job.queue);
    }

    /** The number of runs of a rank in a queue, as far as a step can name it. */
    static int runsOf(TaskQueue queue, int rank) {
        return (int) Math.min(Integer.MAX_VALUE, queue.runsOf(rank));
    }

    /** The tasks of a shape that limits may decide about; null if there are none. */
    static @Nullable LimitedTasks limited(Job job, int shape) {
        LimitedQueues queues = job.limited();
        return queues == null ? null : queues.find(shape);
    }

    /**
     * Takes the first runs of a queue out, and puts behind the others what stays, in pieces of one stage each.
     *
     * @param most of the runs
     * @return the number of tasks that did not stay
     */
    static long goThrough(Graph graph, TaskRuns runs, int most, Choice choice) {
        long before = runs.size();
        for (int left = most; left > 0 && runs.size() > 0; left--) {
            goThroughHead(graph, runs, choice);
        }
        return before - runs.size();
    }

    private static void goThroughHead(Graph graph, TaskRuns runs, Choice choice) {
        int first = runs.headIndex();
        int attempt = runs.headAttempt();
        long readyAt = runs.headReadyAt();
        String trace = runs.headTrace();
        int end = first + runs.headLength();
        runs.popRun();
        while (first < end) {
            int stage = graph.stageNumber(first);
            StageBlock block = graph.block(stage);
            int place = Graph.placeOf(stage);
            int next = (int) Math.min(end, (long) block.firstTask(place) + block.tasks(place));
            if (choice.stay(stage, first, next - first, attempt, readyAt, trace)) {
                runs.appendRun(first, next - first, attempt, readyAt, trace);
            }
            first = next;
        }
    }
}
