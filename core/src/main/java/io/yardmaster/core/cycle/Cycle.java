package io.yardmaster.core.cycle;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.EndingQueues;
import io.yardmaster.core.ending.FinalizingGate;
import io.yardmaster.core.jobs.GraphTasks;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.jobs.TaskQueue;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.limits.PoolOffers;
import io.yardmaster.core.order.DeficitCounter;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through its stages again and again. It may stop at any point, and goes on from there (S2, S3). */
public final class Cycle implements Stage.Offers, PoolOffers {
    /** A group of the least weight has a turn in one of {@code MOST_ROUNDS} cycles. */
    private static final int MOST_CYCLES_WITHOUT_OFFER = DeficitCounter.MOST_ROUNDS + 2;

    /** In one tick, units are granted so many more times to tasks that turned out to need a grant. */
    private static final int MOST_GRANTS = 3;

    private final Policy policy;
    private final List<Stage> stages;
    private final Pool pool;
    private final Limits limits;
    private final EndingQueues queues;
    private final CyclePosition position;
    private final Ledger ledger;
    private final long idBase;
    private final Consumer<Decision> decisions;
    private Consumer<DispatchedTask> ofGraphs = made -> {};
    private int offeredInPools;

    public Cycle(
            Policy policy,
            FinalizingGate gate,
            EndingQueues queues,
            Pool pool,
            JobTable jobs,
            Limits limits,
            CyclePosition position,
            Ledger ledger,
            long idBase,
            Consumer<Decision> decisions) {
        this.policy = policy;
        this.stages = List.of(
                new FinalizingStage(TaskKind.COMMIT, policy.commitPerCycle(), gate::takeCommit),
                new FinalizingStage(TaskKind.CLEANUP, policy.cleanupPerCycle(), gate::takeCleanup),
                new ActiveStage(pool, jobs, limits, ledger, this::somethingWaits));
        this.pool = pool;
        this.limits = limits;
        this.queues = queues;
        this.position = position;
        this.ledger = ledger;
        this.idBase = idBase;
        this.decisions = decisions;
    }

    /** Has this called with each assignment of a job with a graph, before it is decided. */
    public void onGraphTask(Consumer<DispatchedTask> assigned) {
        ofGraphs = assigned;
    }

    /**
     * Offers tasks until so many are offered or nothing is left to offer, also such that turned out to need a grant meanwhile.
     *
     * @return the number of tasks offered, without those of pools other than the default one
     */
    public int offer(int most) {
        int offered = goRound(most);
        for (int more = 0; more < MOST_GRANTS && limits.grantMore(pool, this); more++) {
            offered += goRound(most - offered);
        }
        return offered;
    }

    /**
     * Offers tasks from the point where the cycle stopped, until nothing waits. Gives up after so many cycles without an offer
     * that every group has had a turn: it is legal that tasks wait and none can be offered.
     *
     * @param most the most tasks to offer
     * @return the number of tasks offered
     */
    private int goRound(int most) {
        int offered = 0;
        int passed = 0;
        while (offered < most && somethingWaits() && passed <= MOST_CYCLES_WITHOUT_OFFER * stages.size()) {
            int made = stages.get(position.stage()).offer(position.offered(), most - offered, this);
            position.countOffered(made);
            offered += made;
            if (offered < most && somethingWaits()) {
                enterNextStage();
                passed = made == 0 ? passed + 1 : 0;
            }
        }
        return offered;
    }

    /** Counts the waiting jobs and tasks, and the turns of a cycle. */
    public Demand demand(boolean byGroup) {
        return new Demand(
                pool.active().size(),
                pool.pendingJobs(),
                pool.active().backlog() + queues.waiting(),
                Math.min(queues.commits().size(), policy.commitPerCycle())
                        + Math.min(queues.cleanups().size(), policy.cleanupPerCycle())
                        + pool.turns().perRound(),
                pool.turns().turnWeight(),
                byGroup ? pool.activeJobsByGroup() : Map.of(),
                pool.levels().blocked(),
                pool.levels().demand());
    }

    private boolean somethingWaits() {
        return queues.waiting() > 0 || pool.somethingWaits();
    }

    private void enterNextStage() {
        stages.get(position.stage()).end();
        position.enter((position.stage() + 1) % stages.size());
        stages.get(position.stage()).begin();
    }

    @Override
    public void offer(Job job, TaskKind kind, int taskIndex, int attempt, long readyAt, @Nullable String trace) {
        DispatchedTask made = new DispatchedTask(
                idBase + ledger.nextAssignment(),
                job.group,
                job.id,
                kind,
                taskIndex,
                attempt,
                ledger.session(),
                readyAt,
                stageOf(job, kind, taskIndex),
                trace);
        if (job.hasGraph) {
            ofGraphs.accept(made);
        }
        decisions.accept(made);
    }

    @Override
    public long offer(Job job, LimitedTasks tasks) {
        TaskQueue queue = tasks.queue;
        offer(job, TaskKind.TASK, queue.headIndex(), queue.headAttempt(), queue.headReadyAt(), queue.headTrace());
        queue.pop();
        offeredInPools++;
        return ledger.assignments();
    }

    /** The tasks of pools other than the default one that were offered since the last call. */
    public int takeOfferedInPools() {
        int taken = offeredInPools;
        offeredInPools = 0;
        return taken;
    }

    private static @Nullable GraphStage stageOf(Job job, TaskKind kind, int taskIndex) {
        GraphTasks graph = kind == TaskKind.TASK ? job.graph : null;
        return graph == null ? null : graph.stageOf(taskIndex);
    }
}
