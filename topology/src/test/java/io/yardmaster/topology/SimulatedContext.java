package io.yardmaster.topology;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.processor.internals.metrics.StreamsMetricsImpl;

/** The processor context of a simulated stream task. */
final class SimulatedContext implements ProcessorContext<Object, SpecificRecord> {
    private static final StreamsMetrics METRICS = new StreamsMetricsImpl(new Metrics(), "simulation", Time.SYSTEM);

    private final TaskId task;
    private final Map<String, StateStore> stores = new HashMap<>();
    private final BiConsumer<String, Record<?, ?>> sinks;
    private Punctuator punctuator;
    private long now;

    /** @param sinks gets forwarded records, with the sink's name */
    SimulatedContext(int shard, BiConsumer<String, Record<?, ?>> sinks) {
        this(new TaskId(0, shard), sinks);
    }

    SimulatedContext(TaskId task, BiConsumer<String, Record<?, ?>> sinks) {
        this.task = task;
        this.sinks = sinks;
    }

    SimulatedContext with(String name, StateStore store) {
        stores.put(name, store);
        return this;
    }

    /** Sets the time of the next call, in epoch ms. */
    void now(long time) {
        now = time;
    }

    /** The scheduled wall-clock punctuation. */
    Punctuator punctuator() {
        return punctuator;
    }

    @Override
    public <K, V extends SpecificRecord> void forward(Record<K, V> record, String childName) {
        sinks.accept(childName, record);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // as in Streams: the caller knows the type of its store
    public <S extends StateStore> S getStateStore(String name) {
        return (S) stores.get(name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        punctuator = callback;
        return () -> punctuator = null;
    }

    @Override
    public TaskId taskId() {
        return task;
    }

    @Override
    public StreamsMetrics metrics() {
        return METRICS;
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
        return schedule(interval, type, callback);
    }

    @Override
    public <K, V extends SpecificRecord> void forward(Record<K, V> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String applicationId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.empty();
    }

    @Override
    public Serde<?> keySerde() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Serde<?> valueSerde() {
        throw new UnsupportedOperationException();
    }

    @Override
    public File stateDir() {
        throw new UnsupportedOperationException();
    }

    /** A wish that Streams may grant late: commits come when the simulation wants. */
    @Override
    public void commit() {}

    @Override
    public Map<String, Object> appConfigs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long currentSystemTimeMs() {
        return now;
    }

    @Override
    public long currentStreamTimeMs() {
        throw new UnsupportedOperationException();
    }
}
