package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * The sub-topology of placement, whose key is the pool.
 *
 * <pre>
 *  hosts  ──┐               ┌──▶ dispatch, dispatch.POOL: the partition of the host
 *           ├─▶ placement ──┼──▶ outcomes: tasks that have lost their place
 *  offers ──┘      state    └──▶ kills: of those that their hosts still run
 * </pre>
 *
 * <p>Stream task n has partition n of each, and with it all pools whose names lie there. It needs the store of the newest session,
 * which {@link SchedulerTopology} adds. A deployment without topics of hosts has none of this, nor the shards' way to it.
 */
final class PlacementTopology {
    private static final Map<String, String> CHANGELOG =
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);

    private PlacementTopology() {}

    static void addTo(
            Topology topology,
            SchedulerConfig config,
            int shards,
            PlacementOptions options,
            LivePolicies policies,
            Observers observers) {
        TopicNames topics = config.topics();
        topology.addSink(
                Names.OFFERS_SINK,
                topics.of(Topic.OFFERS),
                new StringSerializer(),
                ValueSerdes.of(Topic.OFFERS, config.serde()).serializer(),
                Names.SCHEDULER);
        addSource(topology, Names.HOSTS_SOURCE, Topic.HOSTS, config);
        addSource(topology, Names.OFFERS_SOURCE, Topic.OFFERS, config);
        topology.<byte[], SpecificRecord, Object, SpecificRecord>addProcessor(
                Names.PLACEMENT,
                () -> new PlacementProcessor(topics, options, policies, observers),
                Names.HOSTS_SOURCE,
                Names.OFFERS_SOURCE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(Names.PLACEMENT_STORE), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingEnabled(CHANGELOG),
                Names.PLACEMENT);
        topology.addStateStore(new CommitHook.Builder(Names.PLACEMENT_COMMIT_HOOK), Names.PLACEMENT);
        Serializer<TaskAssignment> assignments =
                ValueSerdes.of(Topic.DISPATCH, config.serde()).serializer();
        topology.<PlacedKey, SpecificRecord>addSink(
                Names.PLACED_SINK,
                new PlacedTopicName(topics),
                PlacedKey.SERIALIZER,
                (topic, value) -> value == null ? null : assignments.serialize(topic, (TaskAssignment) value),
                PlacedKey.PARTITIONER,
                Names.PLACEMENT);
        topology.addSink(
                Names.RETURNED_SINK,
                topics.of(Topic.OUTCOMES),
                new LongSerializer(),
                ValueSerdes.of(Topic.OUTCOMES, config.serde()).serializer(),
                toShard(new AssignmentIds(shards)),
                Names.PLACEMENT);
        topology.addSink(
                Names.PLACEMENT_KILLS_SINK,
                topics.of(Topic.KILLS),
                new LongSerializer(),
                ValueSerdes.of(Topic.KILLS, config.serde()).serializer(),
                Names.PLACEMENT);
    }

    /** The shard that made the assignment, wherever the key of its job would lie. Streams has no other abstract method yet. */
    @SuppressWarnings("removal")
    private static StreamPartitioner<Long, TaskOutcome> toShard(AssignmentIds ids) {
        return (topic, key, outcome, partitions) -> Optional.of(Set.of(ids.shardOf(outcome.getAssignmentId())));
    }

    private static <V extends SpecificRecord> void addSource(
            Topology topology, String name, Topic<V> topic, SchedulerConfig config) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                new EventTime(),
                new ByteArrayDeserializer(),
                new LaneDeserializer<>(
                        topic.valueType(), ValueSerdes.of(topic, config.serde()).deserializer()),
                config.topics().of(topic));
    }
}
