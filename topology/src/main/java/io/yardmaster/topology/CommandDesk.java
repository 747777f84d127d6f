package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.Kill;
import io.yardmaster.topology.meters.ShardMeters;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Has commands carried out: an event answers each, and a kill tells the execution managers to stop what they run of a
 * cancelled job (O4, O5).
 */
final class CommandDesk {
    private static final long ALL_ASSIGNMENTS = -1;

    private final ProcessorContext<Object, SpecificRecord> context;
    private final Scheduler scheduler;
    private final Outbox outbox;
    private final JobEvents events;
    private final ShardMeters meters;

    CommandDesk(
            ProcessorContext<Object, SpecificRecord> context,
            Scheduler scheduler,
            Outbox outbox,
            JobEvents events,
            ShardMeters meters) {
        this.context = context;
        this.scheduler = scheduler;
        this.outbox = outbox;
        this.events = events;
        this.meters = meters;
    }

    /**
     * Carries out a command.
     *
     * @param sentAt epoch ms
     * @param carryOut takes all decisions that follow from it
     * @throws InvalidEventException if the job is not known; the command was answered before
     */
    void carryOut(JobCommand command, Event.Commanded event, long sentAt, Consumer<Decision> carryOut) {
        List<Decision> decisions = scheduler.apply(event);
        decisions.forEach(carryOut);
        Decision last = decisions.get(decisions.size() - 1);
        long waited = Math.max(0, context.currentSystemTimeMs() - sentAt);
        if (last instanceof Decision.Obeyed obeyed) {
            meters.commanded(event.command(), null, waited);
            events.obeyed(command, event.command(), obeyed.group(), discarded(decisions));
            if (event.command() == Command.CANCEL) {
                kill(command);
            }
        } else if (last instanceof Decision.CommandDropped dropped) {
            meters.commanded(event.command(), dropped.reason(), waited);
            String sentence = sentence(dropped.reason(), event);
            events.dropped(command, dropped.reason(), sentence);
            if (dropped.reason() == CommandDropReason.UNKNOWN_JOB) {
                throw new InvalidEventException(sentence);
            }
        }
    }

    private static long discarded(List<Decision> decisions) {
        long discarded = 0;
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Dropped dropped && dropped.reason() == EventDropReason.DISCARDED) {
                discarded += dropped.count();
            }
        }
        return discarded;
    }

    private void kill(JobCommand command) {
        Kill kill = new Kill(
                command.getJobId(), ALL_ASSIGNMENTS, scheduler.session(), command.getReason(), command.getBy());
        context.forward(
                new Record<>(command.getJobId(), kill, context.currentSystemTimeMs(), outbox.epoch()),
                Names.KILLS_SINK);
    }

    private String sentence(CommandDropReason reason, Event.Commanded event) {
        return switch (reason) {
            case UNKNOWN_JOB ->
                "no event about job " + event.job() + " has come in session " + scheduler.session()
                        + ", or the job was forgotten";
            case OLD_SESSION -> "session " + event.session() + " is over: " + scheduler.session() + " has begun";
            case ENDED -> "job " + event.job() + " has ended";
            case NO_CHANGE ->
                switch (event.command()) {
                    case CANCEL -> "job " + event.job() + " is cancelled already";
                    case PAUSE -> "job " + event.job() + " is paused already";
                    case RESUME -> "job " + event.job() + " is not paused";
                };
        };
    }
}
