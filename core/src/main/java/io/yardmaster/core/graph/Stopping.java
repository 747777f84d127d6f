package io.yardmaster.core.graph;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.values.Decision;
import java.util.function.Consumer;

/** Stops a job that has failed, but for the stages that run in any case (G4). */
final class Stopping {
    private final JobTable jobs;
    private final Consumer<Decision> decisions;

    Stopping(JobTable jobs, Consumer<Decision> decisions) {
        this.jobs = jobs;
        this.decisions = decisions;
    }

    /**
     * Goes once through the job's queue, a run at a time, and kills the tasks of stages that are not alive.
     *
     * @return the steps done, {@code most} or fewer
     */
    int sift(Work work, Graph graph, Job job, Pool pool, int most) {
        int steps = most;
        int left = work.last();
        for (; left > 0 && steps > 0 && job.queue.size() > 0; left--, steps--) {
            siftRun(graph, job, pool);
        }
        jobs.touch(job);
        if (left > 0 && job.queue.size() > 0) {
            graph.agenda.addFirst(new Work(Work.Kind.SIFT, 0, 0, left));
        }
        return most - steps;
    }

    private static void siftRun(Graph graph, Job job, Pool pool) {
        int first = job.queue.headIndex();
        int attempt = job.queue.headAttempt();
        long readyAt = job.queue.headReadyAt();
        String trace = job.queue.headTrace();
        int end = first + job.queue.headLength();
        job.queue.popRun();
        long killed = 0;
        while (first < end) {
            int stage = graph.stageNumber(first);
            StageBlock block = graph.block(stage);
            int place = Graph.placeOf(stage);
            int base = block.firstTasks[place];
            int next = (int) Math.min(end, (long) base + block.stages[place].tasks());
            if (graph.isAlive(block, place)) {
                job.queue.appendRun(first, next - first, attempt, readyAt, trace);
            } else {
                killed += next - first;
                graph.agenda.add(new Work(Work.Kind.KILL, stage, first - base, next - 1 - base));
            }
            first = next;
        }
        pool.shrink(job, killed);
    }

    /**
     * Kills what waits in a stage and in those behind it, and stops what runs.
     *
     * @return the steps done, {@code most} or fewer
     */
    int stop(Work work, Graph graph, Job job, int most) {
        int steps = most;
        int stage = work.stage();
        for (; stage < graph.stages && steps > 0; stage++, steps--) {
            stop(graph, job, stage);
        }
        if (stage < graph.stages) {
            graph.agenda.addFirst(new Work(Work.Kind.STOP, stage, 0, 0));
        }
        return most - steps;
    }

    private void stop(Graph graph, Job job, int stage) {
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        if (block.hasEnded(place) || graph.isAlive(block, place)) {
            return;
        }
        int last = block.stages[place].tasks() - 1;
        if (block.status[place] == StageBlock.BLOCKED) {
            graph.agenda.add(new Work(Work.Kind.KILL, stage, 0, last));
            return;
        }
        int base = block.firstTasks[place];
        // The other tasks have ended, run, or were taken from the queue; one in its back-off was not seen in its next
        // attempt.
        for (int task = 0; task <= last; ) {
            long marked = graph.marks(block, place, task);
            int mark = (int) (marked >> 32);
            long seen = job.seen.stretch(base + task);
            int end = Math.min(last, Math.min((int) marked, (int) seen - base));
            if (mark < Graph.SUCCEEDED && (int) (seen >> 32) < Math.max(0, mark)) {
                graph.agenda.add(new Work(Work.Kind.KILL, stage, task, end));
            }
            task = end + 1;
        }
        if (!block.isAwaited(place)) {
            decisions.accept(new Decision.KillRunning(graph.job, graph.group, base, last + 1, graph.failure));
        }
    }
}
