package io.yardmaster.core.cycle;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.FinalizingGate;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.order.DeficitCounter;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import java.util.function.Consumer;

/** Goes through its stages again and again, and stops wherever the budget is used (S2, S3). */
public final class Cycle {
    /** Groups of the least weight have a turn in one of so many cycles. */
    private static final int MOST_CYCLES_IN_VAIN = DeficitCounter.MOST_ROUNDS + 2;

    private final List<Stage> stages;
    private final CyclePosition position;
    private final Ledger ledger;
    private final long idBase;
    private final Consumer<Decision> decisions;

    public Cycle(
            Policy policy,
            FinalizingGate gate,
            Pool pool,
            JobTable jobs,
            CyclePosition position,
            Ledger ledger,
            long idBase,
            Consumer<Decision> decisions) {
        this.stages = List.of(
                new FinalizingStage(TaskKind.COMMIT, policy.commitPerCycle(), gate::takeCommit),
                new FinalizingStage(TaskKind.CLEANUP, policy.cleanupPerCycle(), gate::takeCleanup),
                new ActiveStage(pool, jobs));
        this.position = position;
        this.ledger = ledger;
        this.idBase = idBase;
        this.decisions = decisions;
    }

    /**
     * Offers the next task. It goes on where it stopped, and gives up when every group has had its turn: that nothing can be
     * offered although something waits is nothing out of order.
     *
     * @return whether there was one
     */
    public boolean offerNext() {
        for (int entered = 0; entered <= MOST_CYCLES_IN_VAIN * stages.size(); entered++) {
            Stage.Offer offer = stages.get(position.stage()).take(position.offered());
            if (offer != null) {
                position.countOffered();
                assign(offer);
                return true;
            }
            stages.get(position.stage()).end();
            position.enter((position.stage() + 1) % stages.size());
            stages.get(position.stage()).begin();
        }
        return false;
    }

    private void assign(Stage.Offer offer) {
        decisions.accept(new DispatchedTask(
                idBase + ledger.nextAssignment(),
                offer.job().group,
                offer.job().id,
                offer.kind(),
                offer.taskIndex(),
                offer.attempt(),
                ledger.session(),
                offer.readyAt(),
                offer.trace()));
    }
}
