package io.yardmaster.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;

/** A stream task of a {@link PlacedSimulation}: the real processor of a shard, or of placement, on a store restored from its changelog. */
final class PlacedStreamTask {
    /** A tick of placement sees all heartbeats that are older: Kafka's records are not read later than that. */
    private static final long LONGEST_LAG_MS = 5_000;

    final int number;
    final int generation;

    private final PlacedInstance instance;
    private final PlacedBroker broker;
    private final SimulatedContext context;
    private final SimulatedStore<Bytes, byte[]> store;
    private final CommitHook hook;
    private final int[] positions;
    /** Null in placement. */
    private final SchedulerProcessor shard;
    /** Null in a shard. */
    private final PlacementProcessor placement;

    private List<Record<?, ?>> outputs = new ArrayList<>();

    /** Opens a stream task at the present time of the instance. */
    PlacedStreamTask(int number, int generation, PlacedInstance instance, PlacedBroker broker) {
        this.number = number;
        this.generation = generation;
        this.instance = instance;
        this.broker = broker;
        this.positions = broker.committed(number);
        this.store = SimulatedStore.ofBytes(broker.changelog(number));
        boolean isShard = !broker.isPlacement(number);
        hook = new CommitHook(isShard ? Names.COMMIT_HOOK : Names.PLACEMENT_COMMIT_HOOK);
        TaskId id = isShard ? new TaskId(0, number) : new TaskId(1, number - broker.shards);
        context = new SimulatedContext(id, (sink, record) -> outputs.add(record))
                .with(Names.STATE_STORE, store)
                .with(Names.PLACEMENT_STORE, store)
                .with(Names.SESSIONS_STORE, instance.sessionsStore())
                .with(Names.SHARES_STORE, instance.sharesStore())
                .with(hook.name(), hook);
        context.now(instance.clock());
        shard = isShard ? instance.newShard() : null;
        placement = isShard ? null : instance.newPlacement();
        if (isShard) {
            shard.init(context);
        } else {
            placement.init(context);
            work().steps.add(new PlacedTransaction.Opened(instance.clock(), List.of()));
        }
    }

    boolean hasInput(int input) {
        return positions[input] < broker.input(number, input).size();
    }

    void process(int input) {
        PlacedBroker.Written next = broker.input(number, input).get(positions[input]++);
        SpecificRecord value = next.value();
        boolean refused = false;
        context.now(instance.clock());
        try {
            if (shard != null) {
                long job = PlacedJobs.jobOf(value);
                // Commands and outcomes come with the time that lets them overtake, which no rule here depends on.
                shard.process(new Record<>(job, value, next.at(), new RecordHeaders()));
            } else {
                placement.process(new Record<>(
                        PlacedBroker.key(PlacedJobs.poolOf(value)), value, next.at(), new RecordHeaders()));
            }
        } catch (InvalidEventException e) {
            refused = true;
            instance.told(number, e.getMessage());
        }
        PlacedTransaction.Work work = work();
        work.processed[input]++;
        List<Record<?, ?>> written = takeOutputs();
        if (placement != null) {
            work.steps.add(new PlacedTransaction.Processed(value, refused, written));
        }
    }

    void tick() {
        if (placement != null) {
            catchUp();
        }
        long session = NewestSession.highest(instance.sessionsStore());
        long time = instance.clock();
        context.now(time);
        context.punctuator().punctuate(time);
        List<Record<?, ?>> written = takeOutputs();
        if (placement != null) {
            work().steps.add(new PlacedTransaction.Ticked(time, session, written));
        } else if (!written.isEmpty()) {
            work();
        }
    }

    private void catchUp() {
        while (hasInput(PlacedBroker.HOSTS)
                && broker.input(number, PlacedBroker.HOSTS)
                                .get(positions[PlacedBroker.HOSTS])
                                .at()
                        < instance.clock() - LONGEST_LAG_MS) {
            process(PlacedBroker.HOSTS);
        }
    }

    private List<Record<?, ?>> takeOutputs() {
        List<Record<?, ?>> written = outputs;
        outputs = new ArrayList<>();
        written.forEach(record -> instance.transaction().outputs.add(record));
        return written;
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
        if (shard != null) {
            shard.close();
        } else {
            placement.close();
        }
    }

    private PlacedTransaction.Work work() {
        return instance.transaction().of(number, generation);
    }
}
