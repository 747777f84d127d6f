package io.yardmaster.core.graph;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.SeenTasks;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.TaskEnd;
import java.util.function.Consumer;

/**
 * Makes tasks ready when what they wait for has ended, and kills those that can never run (G1, G2, G4). Each call does a bounded
 * number of steps and leaves the rest in the graph's agenda. A step that is done twice changes nothing.
 */
final class Resolver {
    private static final long NO_BACKOFF = -1;

    private final JobTable jobs;
    private final Retries retries;
    private final Limits limits;
    private final Conclusion conclusion;
    private final Stopping stopping;
    private final RetryTerms retryTerms;
    private final StageOrdering ordering;
    private final Consumer<Decision> decisions;
    /** The steps that the call under way may still do. */
    private int steps;

    private int done;
    /** Epoch ms: the tasks that become ready do so at this time. */
    private long now;

    Resolver(
            JobTable jobs,
            Retries retries,
            RetryTerms retryTerms,
            StageOrdering ordering,
            Limits limits,
            Conclusion conclusion,
            Consumer<Decision> decisions) {
        this.jobs = jobs;
        this.retries = retries;
        this.retryTerms = retryTerms;
        this.ordering = ordering;
        this.limits = limits;
        this.conclusion = conclusion;
        this.stopping = new Stopping(jobs, limits, decisions);
        this.decisions = decisions;
    }

    /** Begins a new graph: stages that wait for nothing may run. */
    void begin(Graph graph, Job job, Pool pool, int most, long time) {
        graph.agenda.add(new Work(Work.Kind.REVIVE, 0, 0, 0));
        goOn(graph, job, pool, most, time);
    }

    /** Takes the end of an assignment of a regular task into account. */
    void ended(Graph graph, Job job, Pool pool, Event.AssignmentEnded event, int most, long time) {
        now = time;
        int index = event.taskIndex();
        if (!graph.mayAwait(index)) {
            return;
        }
        int stage = graph.stageNumber(index);
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        int task = index - block.firstTask(place);
        if (!graph.awaits(block, place, task, event.attempt())) {
            return;
        }
        GraphStage terms = block.stages[place];
        long backoff = graph.isAlive(block, place) ? retryTerms.backoff(graph, terms, event) : RetryTerms.NEVER;
        if (backoff != RetryTerms.NEVER) {
            graph.failures.add(event, retry(graph, job, pool, stage, task, event.attempt() + 1, backoff));
        } else if (event.end() == TaskEnd.REFUSED) {
            if (!graph.isAlive(block, place)) {
                graph.agenda.add(new Work(Work.Kind.KILL, stage, task, task));
            }
        } else {
            TaskEnds.end(graph, block, place, task, event.end());
            if (event.end() == TaskEnd.SUCCEEDED) {
                graph.failures.succeeded(event);
            } else {
                graph.failures.add(event, NO_BACKOFF);
            }
            if (event.end() != TaskEnd.SUCCEEDED && !block.isExcused(place)) {
                fail(graph, job, FailureReasons.ofEnd(block.stages[place], task, event));
            }
        }
        goOn(graph, job, pool, most, time);
    }

    /** Returns the age at which the back-off ends, or {@link #NO_BACKOFF}. */
    private long retry(Graph graph, Job job, Pool pool, int stage, int task, int attempt, long backoff) {
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        graph.mark(block, place, task, task, attempt);
        if (backoff == 0) {
            offer(graph, job, pool, block, place, task, task, attempt);
            return NO_BACKOFF;
        }
        return retries.add(graph.job, block.firstTask(place) + task, attempt, backoff);
    }

    /** Offers a task again whose back-off has ended, unless that is not wanted any more. */
    void retry(Graph graph, Job job, Pool pool, int index, int attempt, long time) {
        now = time;
        if (graph.offersAgain(index, attempt) && !job.seen.contains(index, attempt)) {
            int stage = graph.stageNumber(index);
            StageBlock block = graph.block(stage);
            int place = Graph.placeOf(stage);
            int task = index - block.firstTask(place);
            offer(graph, job, pool, block, place, task, task, attempt);
        }
    }

    private void offer(Graph graph, Job job, Pool pool, StageBlock block, int place, int from, int to, int attempt) {
        int first = block.firstTask(place) + from;
        int count = to - from + 1;
        job.seen.raise(first, first + count - 1, attempt);
        if (block.tasks(place) == 1) {
            block.learn(place, StageBlock.SEEN);
        }
        jobs.touch(job);
        limits.add(job, block.holds(place), graph.rankOf(block, place), first, count, attempt, now, graph.trace, pool);
    }

    private void fail(Graph graph, Job job, String reason) {
        if (graph.failure.isEmpty()) {
            graph.failure = reason;
            graph.changed = true;
        }
        if (graph.traits.continues() || graph.stopped) {
            return;
        }
        graph.stopped = true;
        conclusion.tell(graph);
        if (!graph.traits.hasEnded()) {
            decisions.accept(new Decision.KillRunning(graph.job, graph.group, -1, 0, graph.failure));
            graph.agenda.clear();
        }
        graph.agenda.addFirst(new Work(Work.Kind.STOP, 0, 0, 0));
        stopping.begin(graph, job);
    }

    /** Does up to {@code most} steps. */
    void goOn(Graph graph, Job job, Pool pool, int most, long time) {
        now = time;
        steps = most;
        while (steps > 0 && graph.exists && graph.phase == Graph.Phase.RUNNING) {
            Work work = graph.agenda.poll();
            if (work == null) {
                break;
            }
            graph.changed = true;
            steps--;
            carryOut(work, graph, job, pool);
        }
        if (graph.exists && graph.phase == Graph.Phase.RUNNING && graph.agenda.isEmpty() && graph.isAtItsEnd()) {
            conclusion.reached(graph, job, pool, now);
        }
        done += most - Math.max(0, steps);
    }

    /** The steps that were done since the last call. */
    int takeSteps() {
        int taken = done;
        done = 0;
        return taken;
    }

    private void carryOut(Work work, Graph graph, Job job, Pool pool) {
        switch (work.kind()) {
            case JUDGE -> judge(work, graph, job, pool);
            case KILL -> kill(work, graph, job);
            case TELL -> tell(work, graph);
            case SIFT -> steps -= stopping.sift(work, graph, job, pool, steps);
            case STOP -> steps -= stopping.stop(work, graph, job, steps);
            case REVIVE -> steps -= Reviving.revive(work, graph, steps);
            case RANK -> steps -= ordering.rank(work, graph, job, steps);
        }
    }

    private void tell(Work work, Graph graph) {
        StageBlock block = graph.block(work.stage());
        int place = Graph.placeOf(work.stage());
        int successors = block.successors(place);
        int at = work.first();
        for (; at < successors && steps > 0; at++, steps--) {
            tell(graph, block, place, block.successor(place, at));
        }
        if (at < successors) {
            graph.agenda.addFirst(new Work(Work.Kind.TELL, work.stage(), at, 0));
        }
    }

    private static void tell(Graph graph, StageBlock ended, int place, int successor) {
        int stage = StageBlock.stageOf(successor);
        StageBlock block = graph.block(stage);
        int at = Graph.placeOf(stage);
        int last = block.tasks(at) - 1;
        if (block.hasEnded(at)) {
            return;
        }
        if (StageBlock.isEach(successor)) {
            if (ended.status(place) == StageBlock.KILLED) {
                graph.agenda.add(new Work(Work.Kind.JUDGE, stage, 0, last));
            }
            return;
        }
        if (ended.hasSucceeded(place)) {
            block.learn(at, StageBlock.SOME_SUCCEEDED);
        } else {
            block.learn(at, StageBlock.SOME_FAILED);
            if (block.cause(at) < 0) {
                block.setCause(at, ended.start + place);
            }
        }
        block.close(at);
        graph.touch(block);
        if (block.open(at) == 0) {
            graph.agenda.add(new Work(Work.Kind.JUDGE, stage, 0, last));
        }
    }

    private void judge(Work work, Graph graph, Job job, Pool pool) {
        StageBlock block = graph.block(work.stage());
        int place = Graph.placeOf(work.stage());
        if (block.open(place) > 0 || block.hasEnded(place)) {
            return;
        }
        Judgement judgement = new Judgement(graph, block, place);
        int task = work.first();
        while (task <= work.last()) {
            int last = Math.min(work.last(), judgement.of(task));
            int next = last + 1;
            if (judgement.runs()) {
                next = ready(graph, job, pool, work.stage(), task, last);
            } else if (judgement.isKilled()) {
                graph.agenda.addFirst(new Work(Work.Kind.KILL, work.stage(), task, last));
            }
            if (next <= last || (next <= work.last() && --steps <= 0)) {
                graph.agenda.add(new Work(Work.Kind.JUDGE, work.stage(), next, work.last()));
                return;
            }
            task = next;
        }
    }

    /** Makes tasks ready that were not yet in this session, and returns the first one for which no step was left. */
    private int ready(Graph graph, Job job, Pool pool, int stage, int first, int last) {
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        if (!graph.isAlive(block, place)) {
            graph.agenda.addFirst(new Work(Work.Kind.KILL, stage, first, last));
            return last + 1;
        }
        if (block.status(place) == StageBlock.BLOCKED) {
            block.setStatus(place, StageBlock.RUNNING);
            graph.touch(block);
        }
        int base = block.firstTask(place);
        for (int task = first; task <= last; steps--) {
            if (steps <= 0) {
                return task;
            }
            long marked = graph.marks(block, place, task);
            long seen = isUnseen(graph, block, place) ? SeenTasks.NEVER | (base + task) : job.seen.stretch(base + task);
            int attempt = Math.max(0, (int) (marked >> 32));
            int end = Math.min(last, Math.min((int) marked, (int) seen - base));
            if (attempt < Graph.SUCCEEDED && (int) (seen >> 32) < 0) {
                offer(graph, job, pool, block, place, task, end, attempt);
            }
            task = end + 1;
        }
        return last + 1;
    }

    /** Returns true if it is certain that no attempt of the stage's only task was seen in this session. */
    private static boolean isUnseen(Graph graph, StageBlock block, int place) {
        return graph.seesAll && block.tasks(place) == 1 && !block.knows(place, StageBlock.SEEN);
    }

    private void kill(Work work, Graph graph, Job job) {
        StageBlock block = graph.block(work.stage());
        int place = Graph.placeOf(work.stage());
        if (block.hasEnded(place)) {
            return;
        }
        String reason = FailureReasons.ofKill(graph, block, place, work.first());
        int tasks = block.tasks(place);
        int base = block.firstTask(place);
        if (block.status(place) == StageBlock.BLOCKED
                && block.ended(place) == 0
                && work.first() == 0
                && work.last() == tasks - 1) {
            block.setStatus(place, StageBlock.KILLED);
            block.count(place, tasks, 0);
            graph.touch(block);
            decisions.accept(new Decision.TasksKilled(graph.job, graph.group, base, tasks, reason));
        } else {
            for (int task = work.first(); task <= work.last(); steps--) {
                if (steps <= 0) {
                    graph.agenda.addFirst(new Work(Work.Kind.KILL, work.stage(), task, work.last()));
                    return;
                }
                long marked = graph.marks(block, place, task);
                int end = Math.min(work.last(), (int) marked);
                if ((int) (marked >> 32) < Graph.SUCCEEDED) {
                    graph.mark(block, place, task, end, Graph.KILLED);
                    block.count(place, end - task + 1, 0);
                    decisions.accept(
                            new Decision.TasksKilled(graph.job, graph.group, base + task, end - task + 1, reason));
                    TaskEnds.judgeEach(graph, block, place, task, end);
                }
                task = end + 1;
            }
        }
        TaskEnds.endStage(graph, block, place);
        if (!block.isExcused(place)) {
            fail(graph, job, FailureReasons.ofStage(block.stages[place], reason));
        }
    }
}
