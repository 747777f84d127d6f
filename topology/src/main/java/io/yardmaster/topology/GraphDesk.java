package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.topology.meters.GraphResult;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Hands graphs to the core. A graph that is refused becomes a dead letter, and an event of its job says why (G3). */
final class GraphDesk {
    private final ProcessorContext<Object, SpecificRecord> context;
    private final Scheduler scheduler;
    private final ShardMeters meters;
    private final Supplier<PolicySnapshot> policy;
    private final TickRecorder ticks;
    private final Consumer<Decision> decisions;

    /**
     * Makes a desk.
     *
     * @param policy that is in force
     * @param ticks sees what the scheduler is asked
     * @param decisions takes all decisions that follow from graphs
     */
    GraphDesk(
            ProcessorContext<Object, SpecificRecord> context,
            Scheduler scheduler,
            ShardMeters meters,
            Supplier<PolicySnapshot> policy,
            TickRecorder ticks,
            Consumer<Decision> decisions) {
        this.context = context;
        this.scheduler = scheduler;
        this.meters = meters;
        this.policy = policy;
        this.ticks = ticks;
        this.decisions = decisions;
    }

    /**
     * Has a graph of this shard, or a part of it, taken over. Returns the reason for which the core refuses it.
     *
     * @throws InvalidEventException with the reason if the record alone shows that it makes no sense
     */
    Optional<String> receive(JobGraph graph, Record<Long, SpecificRecord> record) {
        Event.GraphSubmitted event = checked(graph, record)
                .at(context.recordMetadata().map(RecordMetadata::offset).orElse(0L));
        ticks.reads(TickInput.GRAPHS);
        List<Decision> decided = scheduler.apply(event);
        decided.forEach(decisions);
        for (Decision decision : decided) {
            if (decision instanceof Decision.GraphRefused refused) {
                return Optional.of(refused.reason());
            }
            if (decision instanceof Decision.Reached reached && reached.milestone() == JobMilestone.BEGAN) {
                meters.graph(GraphResult.ACCEPTED);
            }
        }
        return Outbox.isOfWrongGroup(decided) ? Optional.of(Outbox.WRONG_GROUP) : Optional.empty();
    }

    private Event.GraphSubmitted checked(JobGraph graph, Record<Long, SpecificRecord> record) {
        long job = graph.getJobId();
        try {
            Event.GraphSubmitted event = GraphEvents.of(graph, record, policy.get());
            long session = event.session() == Event.GraphSubmitted.ANY_SESSION ? scheduler.session() : event.session();
            Expectations.check(record.headers(), scheduler, job, session);
            return event;
        } catch (InvalidEventException e) {
            // The event would tell of a job that goes on that it does not.
            if (scheduler.view().job(job, 0).isEmpty()) {
                decisions.accept(new Decision.GraphRefused(job, graph.getResourceGroupId(), e.getMessage()));
            }
            throw e;
        }
    }
}
