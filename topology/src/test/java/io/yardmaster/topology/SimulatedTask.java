package io.yardmaster.topology;

import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/** A stream task: the real processor of one shard on a store restored from its changelog. */
final class SimulatedTask {
    final int shard;
    final int generation;

    private final SchedulerProcessor processor;
    private final SimulatedContext context;
    private final SimulatedStore<Bytes, byte[]> store;
    private final CommitHook hook = new CommitHook(Names.COMMIT_HOOK);
    private final SimulatedInstance instance;
    private final SimulatedBroker broker;
    private final int[] positions;
    private List<TaskAssignment> made = new ArrayList<>();
    private List<Optional<TraceContext>> traces = new ArrayList<>();
    private final List<JobEvent> told = new ArrayList<>();

    SimulatedTask(
            int shard,
            int generation,
            SchedulerProcessor processor,
            SimulatedInstance instance,
            SimulatedBroker broker) {
        this.shard = shard;
        this.generation = generation;
        this.processor = processor;
        this.instance = instance;
        this.broker = broker;
        this.positions = broker.committed(shard);
        this.store = SimulatedStore.ofBytes(broker.changelog(shard));
        this.context = new SimulatedContext(shard, this::forwarded)
                .with(Names.STATE_STORE, store)
                .with(Names.SESSIONS_STORE, instance.sessionsStore())
                .with(Names.SHARES_STORE, instance.sharesStore())
                .with(Names.COMMIT_HOOK, hook);
        processor.init(context);
    }

    boolean hasInput(int input) {
        return positions[input] < broker.input(shard, input).size();
    }

    void process(int input, long time) {
        SpecificRecord event = broker.input(shard, input).get(positions[input]++);
        boolean refused = false;
        LivePolicy live = instance.live();
        context.now(time);
        try {
            processor.process(SimulatedStorage.record(event, time));
        } catch (InvalidEventException e) {
            refused = true;
        }
        SimulatedTransaction.ShardWork work = work();
        work.processed[input]++;
        work.steps.add(new SimulatedTransaction.Processed(event, time, live, refused));
    }

    void tick(long time) {
        long session = NewestSession.highest(instance.sessionsStore());
        made = new ArrayList<>();
        traces = new ArrayList<>();
        told.clear();
        context.now(time);
        context.punctuator().punctuate(time);
        long[] unreported = told.stream()
                .filter(event -> event.getWhat() == JobEventKind.TASKS_SUCCEEDED)
                .flatMapToLong(broker::unreported)
                .sorted()
                .toArray();
        work().steps
                .add(new SimulatedTransaction.Ticked(
                        time, session, instance.live(), instance.budget(shard), unreported, made, traces));
    }

    /** Flushes the hook as Streams does at the beginning of a commit. */
    void flush() {
        hook.flushCache();
        Map<Bytes, byte[]> changes = store.takeChanges();
        if (!changes.isEmpty()) {
            work().changes = changes;
        }
    }

    void close() {
        processor.close();
    }

    private SimulatedTransaction.ShardWork work() {
        return instance.transaction().shard(shard, generation);
    }

    private void forwarded(String sink, Record<?, ?> record) {
        if (record.value() instanceof TaskAssignment assignment) {
            made.add(assignment);
            traces.add(TraceContext.read(record.headers()));
        }
        if (record.value() instanceof JobEvent event) {
            told.add(event);
        }
        instance.send(sink, record);
    }
}
