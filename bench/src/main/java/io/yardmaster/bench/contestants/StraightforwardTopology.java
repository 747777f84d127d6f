package io.yardmaster.bench.contestants;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The scheduler that one would write first: one store for the tasks seen, one for the queues, one for the jobs, a put
 * or delete in each per task, jobs in turn every 10 ms.
 */
final class StraightforwardTopology {
    static final String SEEN = "seen";
    static final String QUEUES = "queues";
    static final String JOBS = "jobs";

    private static final String SOURCE = "ready";
    private static final String SCHEDULER = "scheduler";

    private StraightforwardTopology() {}

    static Topology build(SchedulerConfig config) {
        Serde<TaskReady> ready = ValueSerdes.of(Topic.READY, config.serde());
        Serde<TaskAssignment> assignment = ValueSerdes.of(Topic.DISPATCH, config.serde());
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                SOURCE,
                new LongDeserializer(),
                ready.deserializer(),
                config.topics().of(Topic.READY));
        topology.addProcessor(SCHEDULER, StraightforwardProcessor::new, SOURCE);
        topology.addStateStore(store(SEEN), SCHEDULER);
        topology.addStateStore(store(QUEUES), SCHEDULER);
        topology.addStateStore(store(JOBS), SCHEDULER);
        topology.addSink(
                "dispatch",
                config.topics().of(Topic.DISPATCH),
                new LongSerializer(),
                assignment.serializer(),
                SCHEDULER);
        return topology;
    }

    private static StoreBuilder<?> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }
}
