package io.yardmaster.core.ending;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import org.jspecify.annotations.Nullable;

/** Carries out commands (O4, O5). */
public final class JobCommands {
    private final JobTable jobs;
    private final FinalizingGate gate;
    private final Ledger ledger;

    public JobCommands(JobTable jobs, FinalizingGate gate, Ledger ledger) {
        this.jobs = jobs;
        this.gate = gate;
        this.ledger = ledger;
    }

    /**
     * Carries out a command.
     *
     * @return the reason for which it changed nothing; null if it was carried out
     */
    public @Nullable CommandDropReason carryOut(Command command, Job job, Pool pool) {
        if (job.cleanupSeen && !job.waitsToBeFinalized()) {
            return CommandDropReason.ENDED;
        }
        boolean isDone =
                switch (command) {
                    case CANCEL -> job.cancelled;
                    case PAUSE -> job.isPaused();
                    case RESUME -> !job.isPaused();
                };
        if (isDone) {
            return CommandDropReason.NO_CHANGE;
        }
        jobs.touch(job);
        ledger.touch();
        switch (command) {
            case CANCEL -> {
                job.cancelled = true;
                gate.cancel(job, pool);
            }
            case PAUSE -> gate.pause(job, pool);
            case RESUME -> gate.resume(job, pool);
        }
        return null;
    }
}
