package io.yardmaster.core.graph;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.LimitedQueues;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.jobs.Ranks;
import io.yardmaster.core.jobs.TaskQueue;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the stages of graphs that have equal priorities go in the order that the policy says (L1). */
final class StageOrdering {
    private final GraphStore store;
    private final JobTable jobs;
    private final GraphLedger ledgerPart;
    private StageOrders orders = StageOrders.NONE;

    /** Tasks that get another rank. */
    private record Moved(int rank, int first, int count, int attempt, long readyAt, @Nullable String trace) {}

    StageOrdering(GraphStore store, JobTable jobs, GraphLedger ledgerPart) {
        this.store = store;
        this.jobs = jobs;
        this.ledgerPart = ledgerPart;
    }

    /** Follows the policy. Returns whether it has changed. */
    boolean follow(StageOrders newOrders) {
        boolean changed = !newOrders.equals(orders);
        orders = newOrders;
        return changed;
    }

    /** Returns whether the stages of a graph go in another order than the policy says. */
    boolean isOutOfDate(Graph graph) {
        boolean wanted = orders.of(graph.group) == StageOrder.CRITICAL_PATH;
        return wanted != (graph.paths != null) && !(wanted && graph.isTooLarge);
    }

    /** Begins a new graph, none of whose tasks waits yet. */
    void begin(Graph graph, Job job) {
        count(graph.isRanked() ? 1 : 0);
        apply(graph, job);
    }

    private void count(int more) {
        ledgerPart.ranked += more;
    }

    /** Has the stages of a graph go in the order of the policy, those that wait, too. */
    void apply(Graph graph, Job job) {
        if (!isOutOfDate(graph) || !graph.exists || graph.phase != Graph.Phase.RUNNING) {
            return;
        }
        CriticalPaths before = graph.paths;
        boolean wasRanked = graph.isRanked();
        if (before != null) {
            before.flush(new StateWriter());
            graph.paths = null;
        } else if (CriticalPaths.suits(graph)) {
            CriticalPaths paths = new CriticalPaths(store, graph.owner, graph.stages);
            paths.compute(graph);
            graph.paths = paths;
        } else {
            graph.isTooLarge = true;
            return;
        }
        count((graph.isRanked() ? 1 : 0) - (wasRanked ? 1 : 0));
        rankAgain(graph, job);
    }

    /** Learns from the end of an assignment, which counts, how long the tasks of its stage take. */
    void ended(Graph graph, Job job, Event.AssignmentEnded event) {
        CriticalPaths paths = graph.paths;
        if (paths == null
                || event.end() != TaskEnd.SUCCEEDED
                || event.ran() < 0
                || !graph.awaits(event.taskIndex(), event.attempt())) {
            return;
        }
        paths.succeeded(graph.stageNumber(event.taskIndex()), event.ran());
        graph.changed = true;
        if (paths.areDue()) {
            paths.compute(graph);
            rankAgain(graph, job);
        }
    }

    private static void rankAgain(Graph graph, Job job) {
        graph.changed = true;
        WaitingTasks.forEachQueue(job, (shape, queue) -> rankAgain(graph, shape, queue));
    }

    private static void rankAgain(Graph graph, int shape, TaskQueue queue) {
        for (int rank : queue.codes()) {
            int runs = WaitingTasks.runsOf(queue, rank);
            if (runs > 0) {
                graph.agenda.add(new Work(Work.Kind.RANK, shape, rank, runs));
            }
        }
    }

    /**
     * Gives the tasks of one rank in a queue of the job the ranks that they have now, a run at a time.
     *
     * @param work whose stage is the shape of the queue's tasks, and whose first is the number of the rank
     * @return the steps done, {@code most} or fewer
     */
    int rank(Work work, Graph graph, Job job, int most) {
        LimitedQueues queues = job.limited();
        LimitedTasks limited = WaitingTasks.limited(job, work.stage());
        if (limited == null && work.stage() != LimitedTasks.PLAIN) {
            return 0;
        }
        TaskQueue queue = limited == null ? job.queue : limited.queue;
        int looked = Math.min(most, work.last());
        List<Moved> moved = new ArrayList<>();
        queue.sift(
                work.first(),
                runs -> WaitingTasks.goThrough(graph, runs, looked, (stage, first, count, attempt, readyAt, trace) -> {
                    int rank = graph.rankOf(first);
                    boolean stays = Ranks.codeOf(rank) == work.first();
                    if (!stays) {
                        moved.add(new Moved(rank, first, count, attempt, readyAt, trace));
                    }
                    return stays;
                }));
        moved.forEach(it -> queue.appendRun(it.rank(), it.first(), it.count(), it.attempt(), it.readyAt(), it.trace()));
        if (queues != null && limited != null) {
            queues.changed(limited, 0, 0);
        }
        jobs.touch(job);
        if (looked < work.last()) {
            graph.agenda.add(new Work(Work.Kind.RANK, work.stage(), work.first(), work.last() - looked));
        }
        return looked;
    }
}
