package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.OutcomeDropReason;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.views.ShardRecord;
import io.yardmaster.topology.window.ShardWindow;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Has outcomes counted, and takes the assignments that have ended out of the dispatch window (O1). */
final class OutcomeDesk {
    private final int shard;
    private final AssignmentIds ids;
    private final Scheduler scheduler;
    private final Outbox outbox;
    private final ShardPools pools;
    private final ShardMeters meters;
    private final ShardRecord record;
    private final TickRecorder ticks;
    private final Consumer<Decision> decisions;

    /** @param decisions takes what follows from outcomes for graphs */
    OutcomeDesk(
            int shard,
            AssignmentIds ids,
            Scheduler scheduler,
            Outbox outbox,
            ShardPools pools,
            ShardMeters meters,
            ShardRecord record,
            TickRecorder ticks,
            Consumer<Decision> decisions) {
        this.shard = shard;
        this.ids = ids;
        this.scheduler = scheduler;
        this.outbox = outbox;
        this.pools = pools;
        this.meters = meters;
        this.record = record;
        this.ticks = ticks;
        this.decisions = decisions;
    }

    /**
     * Counts an outcome, or drops it. Returns the pool of its task, as far as it is known.
     *
     * @throws InvalidEventException with the reason if it makes no sense
     */
    String receive(TaskOutcome outcome, Record<Long, SpecificRecord> received) {
        Event.AssignmentEnded event = Events.of(outcome, ids.numberOf(shard, outcome.getAssignmentId()), received);
        ticks.reads(TickInput.OUTCOMES);
        // Behind the outcome it is not known any more.
        String pool = pools.areUsed() ? scheduler.poolOf(event.id()) : "";
        List<Decision> decided = scheduler.apply(event);
        if (pools.isPlaced(pool, event.id()) && scheduler.poolOf(event.id()).isEmpty()) {
            outbox.offers().ended(pool, event, outcome.getAssignmentId());
        }
        for (Decision decision : decided) {
            if (decision instanceof Decision.Ended) {
                ended(event, outcome, pool);
            } else if (decision instanceof Decision.OutcomeDropped dropped) {
                meters.outcomeDropped(dropped.reason());
                if (dropped.reason() == OutcomeDropReason.WRONG_GROUP) {
                    throw new InvalidEventException("the resource group is not the one of the job's events");
                }
            } else {
                decisions.accept(decision);
            }
        }
        return pool;
    }

    private void ended(Event.AssignmentEnded event, TaskOutcome outcome, String pool) {
        ShardWindow window = pools.of(pool);
        int partition = window == null ? ShardWindow.NO_PARTITION : window.ended(outcome.getAssignmentId());
        if (event.end() == TaskEnd.REFUSED) {
            outbox.refused(event, partition);
        }
        tell(event, pool, outcome.getReason());
    }

    private void tell(Event.AssignmentEnded event, String pool, String reason) {
        meters.ended(event.end(), event.group(), pool, Math.max(0, event.ran()));
        record.ended(event, reason);
        outbox.events().ended(event, reason);
    }

    /**
     * Carries out what follows from assignments that the group of a pool has committed. If nobody has reported them, this tells it (O3).
     *
     * @param pool of a task that has ended by that
     */
    void carryOut(Decision decision, String pool) {
        if (decision instanceof Decision.Ended unreported) {
            tell(unreported.assignment(), pool, "");
        } else {
            decisions.accept(decision);
        }
    }

    /** Takes assignments out of the window that have ended and were counted anew, as after a start. */
    void tick() {
        pools.dropEnded(id -> scheduler.hasEnded(ids.numberOf(shard, id)));
    }
}
