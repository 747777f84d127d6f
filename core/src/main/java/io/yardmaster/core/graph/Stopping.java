package io.yardmaster.core.graph;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.jobs.TaskQueue;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.values.Decision;
import java.util.function.Consumer;

/** Stops a job that has failed, but for the stages that run in any case (G4). */
final class Stopping {
    private final JobTable jobs;
    private final Limits limits;
    private final Consumer<Decision> decisions;

    Stopping(JobTable jobs, Limits limits, Consumer<Decision> decisions) {
        this.jobs = jobs;
        this.limits = limits;
        this.decisions = decisions;
    }

    /** Returns whether a task that is to be offered again may be; if its stage was stopped, it will be killed. */
    static boolean letsGo(Graph graph, GraphStore store, int index) {
        int stage = graph.stageNumber(index);
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        boolean alive = graph.isAlive(block, place);
        if (!alive) {
            int task = index - block.firstTask(place);
            graph.agenda.add(new Work(Work.Kind.KILL, stage, task, task));
            graph.changed = true;
            store.wake(graph.job);
        }
        return alive;
    }

    /** Has the job's queues sifted. */
    void begin(Graph graph, Job job) {
        WaitingTasks.forEachQueue(job, (shape, queue) -> sift(graph, shape, queue));
    }

    private static void sift(Graph graph, int shape, TaskQueue queue) {
        for (int priority : queue.codes()) {
            int runs = WaitingTasks.runsOf(queue, priority);
            graph.agenda.addFirst(new Work(Work.Kind.SIFT, shape, priority, runs));
        }
    }

    /**
     * Goes once through the tasks of one priority in a queue of the job, a run at a time, and kills those of stages that are not
     * alive.
     *
     * @param work whose stage is the shape of the queue's tasks, and whose first is the number of the priority
     * @return the steps done, {@code most} or fewer
     */
    int sift(Work work, Graph graph, Job job, Pool pool, int most) {
        LimitedTasks limited = WaitingTasks.limited(job, work.stage());
        if (limited == null && work.stage() != LimitedTasks.PLAIN) {
            return 0;
        }
        TaskQueue queue = limited == null ? job.queue : limited.queue;
        int looked = Math.min(most, work.last());
        long killed = queue.sift(
                work.first(),
                runs -> WaitingTasks.goThrough(
                        graph,
                        runs,
                        looked,
                        (stage, first, count, attempt, readyAt, trace) -> mayStay(graph, stage, first, count)));
        jobs.touch(job);
        if (looked < work.last()) {
            graph.agenda.addFirst(new Work(Work.Kind.SIFT, work.stage(), work.first(), work.last() - looked));
        }
        if (limited == null) {
            pool.shrink(job, killed);
        } else {
            limits.removed(job, limited, killed, pool);
        }
        return looked;
    }

    /** Returns whether tasks may run although the job has failed; those that may not are killed later. */
    private static boolean mayStay(Graph graph, int stage, int first, int count) {
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        boolean alive = graph.isAlive(block, place);
        if (!alive) {
            int task = first - block.firstTask(place);
            graph.agenda.add(new Work(Work.Kind.KILL, stage, task, task + count - 1));
        }
        return alive;
    }

    /**
     * Kills what waits in a stage and in those behind it, and stops what runs.
     *
     * @return the steps done, {@code most} or fewer
     */
    int stop(Work work, Graph graph, Job job, int most) {
        int steps = most;
        int stage = work.stage();
        int task = work.first();
        for (; stage < graph.stages && steps > 0; steps--) {
            task = stop(graph, job, stage, task);
            stage += task == 0 ? 1 : 0;
        }
        if (stage < graph.stages) {
            graph.agenda.addFirst(new Work(Work.Kind.STOP, stage, task, 0));
        }
        return most - steps;
    }

    /** Looks at some tasks from this one on, and returns the next one that is left, or 0 if the stage is done. */
    private int stop(Graph graph, Job job, int stage, int task) {
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        if (block.hasEnded(place) || graph.isAlive(block, place)) {
            return 0;
        }
        int last = block.tasks(place) - 1;
        if (block.status(place) == StageBlock.BLOCKED) {
            graph.agenda.add(new Work(Work.Kind.KILL, stage, 0, last));
            return 0;
        }
        if (task == 0) {
            ReturnedGangs.stop(graph, block, place);
        }
        int base = block.firstTask(place);
        // The other tasks have ended, run, or were taken from the queue; one in its back-off was not seen in its next
        // attempt.
        long marked = graph.marks(block, place, task);
        int mark = (int) (marked >> 32);
        long seen = job.seen.stretch(base + task);
        int end = Math.min(last, Math.min((int) marked, (int) seen - base));
        if (mark < Graph.SUCCEEDED && (int) (seen >> 32) < Math.max(0, mark)) {
            graph.agenda.add(new Work(Work.Kind.KILL, stage, task, end));
        }
        if (end < last) {
            return end + 1;
        }
        // If nothing runs in any case, one decision has stopped the whole job.
        if (graph.traits.hasEnded() && !block.isAwaited(place)) {
            decisions.accept(new Decision.KillRunning(graph.job, graph.group, base, last + 1, graph.failure));
        }
        return 0;
    }
}
