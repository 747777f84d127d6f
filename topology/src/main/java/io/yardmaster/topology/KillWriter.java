package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Decision;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.Kill;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Tells the execution managers what to stop of the assignments that one shard has made (G4, O4). */
final class KillWriter {
    private static final long WHOLE_JOB = -1;
    private static final long RANGE = -2;
    private static final int NO_TASK = -1;

    private final ProcessorContext<Object, SpecificRecord> context;
    private final Scheduler scheduler;
    private final AssignmentIds ids;
    private final OfferDesk offers;
    private final Supplier<Headers> epoch;

    /**
     * Writes kills of one shard.
     *
     * @param offers hear of each, too: the tasks may wait for hosts
     * @param epoch headers of all records of the current session
     */
    KillWriter(
            ProcessorContext<Object, SpecificRecord> context,
            Scheduler scheduler,
            AssignmentIds ids,
            OfferDesk offers,
            Supplier<Headers> epoch) {
        this.context = context;
        this.scheduler = scheduler;
        this.ids = ids;
        this.offers = offers;
        this.epoch = epoch;
    }

    /** Kills the job that this command has cancelled. */
    void cancelled(JobCommand command) {
        write(command.getJobId(), WHOLE_JOB, command.getReason(), command.getBy(), NO_TASK, 0);
    }

    /** Kills what runs of these tasks. */
    void kill(Decision.KillRunning kill) {
        boolean all = kill.first() < 0;
        write(kill.job(), all ? WHOLE_JOB : RANGE, kill.reason(), "", kill.first(), kill.count());
    }

    private void write(long job, long assignment, String reason, String by, int first, int count) {
        // The latest assignment; before the first one an id that is lower than all.
        long last = ids.of(context.taskId().partition(), scheduler.view().assignments());
        Kill kill = new Kill(job, assignment, scheduler.session(), reason, by, last, first, count);
        context.forward(new Record<>(job, kill, context.currentSystemTimeMs(), epoch.get()), Names.KILLS_SINK);
        offers.killed(job, first, count, reason);
    }
}
