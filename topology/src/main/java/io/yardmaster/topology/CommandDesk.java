package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.topology.meters.ShardMeters;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Has commands carried out: an event answers each, and a kill tells the execution managers to stop what they run of a
 * cancelled job (O4, O5).
 */
final class CommandDesk {
    private final ProcessorContext<Object, SpecificRecord> context;
    private final Scheduler scheduler;
    private final Outbox outbox;
    private final JobEvents events;
    private final HeldCommands held;
    private final ShardMeters meters;
    private final TickRecorder ticks;
    private final Consumer<Decision> decisions;

    /** @param decisions takes all decisions that follow from commands */
    CommandDesk(
            ProcessorContext<Object, SpecificRecord> context,
            Scheduler scheduler,
            Outbox outbox,
            KeyValueStore<Bytes, byte[]> state,
            ShardMeters meters,
            TickRecorder ticks,
            Consumer<Decision> decisions) {
        this.context = context;
        this.scheduler = scheduler;
        this.outbox = outbox;
        this.events = outbox.events();
        this.held = new HeldCommands(state);
        this.meters = meters;
        this.ticks = ticks;
        this.decisions = decisions;
    }

    /** Carries out a command, or holds it if its job may be in events that were not read yet. */
    void receive(JobCommand command, long sentAt) {
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElse(0L);
        HeldCommand read = new HeldCommand(command, offset, sentAt, context.currentSystemTimeMs());
        carryOut(read, held::hold);
    }

    /**
     * Carries out the commands that waited for this job, of which an event was read; the event may have been void.
     *
     * @param timestamp of the event
     */
    void laneRead(long timestamp, long job) {
        held.laneRead(timestamp);
        held.known(job).forEach(command -> carryOut(command, held::hold));
    }

    /** Answers the commands that waited in vain. */
    void tick(long now) {
        held.expired(now).forEach(command -> carryOut(command, none -> false));
    }

    private void carryOut(HeldCommand received, Predicate<HeldCommand> holding) {
        JobCommand command = received.command();
        Event.Commanded event = Events.of(command);
        ticks.reads(TickInput.COMMANDS, received.offset());
        List<Decision> decided = scheduler.apply(event);
        for (Decision decision : decided) {
            // The answer comes before the events of what follows from it.
            decisions.accept(decision);
            if (decision instanceof Decision.Obeyed obeyed) {
                measure(received, event.command(), null);
                events.obeyed(received, event.command(), obeyed.group(), discarded(decided));
                obeyed(command, event.command());
            } else if (decision instanceof Decision.CommandDropped dropped) {
                if (dropped.reason() == CommandDropReason.UNKNOWN_JOB && holding.test(received)) {
                    return;
                }
                measure(received, event.command(), dropped.reason());
                events.dropped(received, dropped.reason(), sentence(dropped.reason(), event));
            }
        }
    }

    /** Tells the execution managers and, of the tasks that wait for hosts, placement. */
    private void obeyed(JobCommand command, Command what) {
        long job = command.getJobId();
        switch (what) {
            case CANCEL -> outbox.kills().cancelled(command);
            case PAUSE -> outbox.offers().recalled(job, "job " + job + " is paused");
            case SET_PRIORITY -> outbox.offers().prioritized(job);
            case RESUME -> {
                // Nothing of it waits for hosts.
            }
        }
    }

    private void measure(HeldCommand received, Command command, CommandDropReason reason) {
        long waited = Math.max(0, context.currentSystemTimeMs() - received.sentAt());
        meters.commanded(command, reason, waited);
    }

    private static long discarded(List<Decision> decisions) {
        long discarded = 0;
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Dropped dropped && dropped.reason() == EventDropReason.DISCARDED) {
                discarded += dropped.count();
            } else if (decision instanceof Decision.TasksKilled killed) {
                discarded += killed.count();
            }
        }
        return discarded;
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
                    case SET_PRIORITY -> "job " + event.job() + " has priority " + event.priority() + " already";
                };
        };
    }
}
