package io.yardmaster.core.ending;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Event;
import org.jspecify.annotations.Nullable;

/** Carries out commands (O4, O5). A job keeps its priority until it is forgotten; its finalizing tasks do not go by it. */
public final class JobCommands {
    private final JobTable jobs;
    private final FinalizingGate gate;
    private final Limits limits;
    private final Ledger ledger;

    public JobCommands(JobTable jobs, FinalizingGate gate, Limits limits, Ledger ledger) {
        this.jobs = jobs;
        this.gate = gate;
        this.limits = limits;
        this.ledger = ledger;
    }

    /**
     * Carries out a command.
     *
     * @return the reason for which it changed nothing; null if it was carried out
     */
    public @Nullable CommandDropReason carryOut(Event.Commanded event, Job job, Pool pool) {
        if (job.cleanupSeen && !job.waitsToBeFinalized()) {
            return CommandDropReason.ENDED;
        }
        boolean isDone =
                switch (event.command()) {
                    case CANCEL -> job.cancelled;
                    case PAUSE -> job.isPaused();
                    case RESUME -> !job.isPaused();
                    case SET_PRIORITY -> job.priority == event.priority();
                };
        if (isDone) {
            return CommandDropReason.NO_CHANGE;
        }
        jobs.touch(job);
        ledger.touch();
        switch (event.command()) {
            case CANCEL -> {
                job.cancelled = true;
                gate.cancel(job, pool);
            }
            case PAUSE -> gate.pause(job, pool);
            case RESUME -> gate.resume(job, pool);
            case SET_PRIORITY -> {
                limits.withdraw(job, pool);
                pool.prioritize(job, event.priority());
                limits.enlist(job);
            }
        }
        return null;
    }
}
