package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.LanePartitioner;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.pools.KeptPool;
import io.yardmaster.topology.pools.PoolKeeper;
import io.yardmaster.topology.pools.PoolTopics;
import io.yardmaster.topology.window.AssignmentReader;
import io.yardmaster.topology.window.ConsumerGroupSource;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.KafkaDispatchLog;
import io.yardmaster.topology.window.KafkaGroupOffsets;
import io.yardmaster.topology.window.KafkaReadPositions;
import io.yardmaster.topology.window.LostOffsets;
import io.yardmaster.topology.window.OutstandingSource;
import io.yardmaster.topology.window.ReadPositions;
import io.yardmaster.topology.window.ShareGroupSource;
import io.yardmaster.topology.window.UncountedSource;
import io.yardmaster.topology.window.Window;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes the dispatch window and the source of its offsets for the execution managers' kind of group. */
final class OutstandingSources {
    private static final String DEFAULT = "";

    private OutstandingSources() {}

    /**
     * Makes the window.
     *
     * @throws SetupException if a share group has fewer dispatch partitions than there are shards, whose lags could
     *     then not be told apart
     */
    static DispatchWindow window(SchedulerConfig config, int shards, int dispatchPartitions, IdlePacer pacer) {
        return window(config, shards, DEFAULT, dispatchPartitions, pacer);
    }

    private static DispatchWindow window(
            SchedulerConfig config, int shards, String pool, int dispatchPartitions, IdlePacer pacer) {
        if (config.dispatchGroupType() == GroupType.CONSUMER) {
            return new DispatchWindow(dispatchPartitions, System::nanoTime, pacer);
        }
        if (dispatchPartitions < shards) {
            throw new SetupException(
                    "dispatch.group.type=share: topic " + config.topics().dispatch(pool) + " has " + dispatchPartitions
                            + " partitions, must have at least as many as each lane, " + shards);
        }
        return DispatchWindow.divided(dispatchPartitions, shards, System::nanoTime, pacer);
    }

    /**
     * Puts the windows of all pools together.
     *
     * @param globalPositions how far the global stores have come
     */
    static Window window(
            SchedulerConfig config,
            Admin admin,
            DispatchWindow ofDefault,
            PoolKeeper pools,
            Map<TopicPartition, Long> globalPositions) {
        String sessions = config.topics().of(Topic.SESSIONS);
        ReadPositions read = new KafkaReadPositions(
                admin,
                config.topics().of(Topic.OUTCOMES),
                config.applicationId(),
                () -> globalPositions.entrySet().stream()
                        .filter(one -> one.getKey().topic().equals(sessions))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        // An outcome of a job may lie in another shard then.
        boolean isElsewhere = config.lanePartitioner() == LanePartitioner.ANY;
        return new PooledWindow(ofDefault, pools, isElsewhere ? ReadPositions.UNKNOWN : read);
    }

    /** Makes the keeper of the pools that the policy has. */
    static PoolKeeper pools(SchedulerConfig config, int shards, Admin admin, IdlePacer pacer, LivePolicies policies) {
        Predicate<String> placed = pool -> policies.current().placed().contains(pool);
        return new PoolKeeper(
                () -> policies.current().pools(),
                placed,
                new PoolTopics(admin, config.topics()),
                (pool, topic) -> pool(config, shards, admin, pacer, pool, topic, placed.test(pool)),
                pacer);
    }

    private static KeptPool pool(
            SchedulerConfig config,
            int shards,
            Admin admin,
            IdlePacer pacer,
            String pool,
            PoolTopics.Found topic,
            boolean isPlaced) {
        WrittenSchemas.registerPool(config, pool);
        DispatchWindow window =
                window(config, shards, pool, topic.partitions(), pacer).of(topic.id());
        if (isPlaced) {
            return new KeptPool(window, new UncountedSource(window), Optional.empty());
        }
        LostOffsets lost = lostOffsets(config, admin, pool, window);
        return new KeptPool(window, source(config, shards, admin, pool, window, lost), Optional.of(lost));
    }

    static LostOffsets lostOffsets(SchedulerConfig config, Admin admin, DispatchWindow window) {
        return lostOffsets(config, admin, DEFAULT, window);
    }

    private static LostOffsets lostOffsets(SchedulerConfig config, Admin admin, String pool, DispatchWindow window) {
        String group = TopicNames.ofPool(config.dispatchGroup(), pool);
        return new LostOffsets(
                new KafkaGroupOffsets(
                        admin, config.topics().dispatch(pool), group, config.dispatchGroupType() == GroupType.SHARE),
                group,
                window,
                System::nanoTime);
    }

    static OutstandingSource source(
            SchedulerConfig config, int shards, Admin admin, DispatchWindow window, LostOffsets lost) {
        return source(config, shards, admin, DEFAULT, window, lost);
    }

    private static OutstandingSource source(
            SchedulerConfig config, int shards, Admin admin, String pool, DispatchWindow window, LostOffsets lost) {
        String topic = config.topics().dispatch(pool);
        String group = TopicNames.ofPool(config.dispatchGroup(), pool);
        Deserializer<TaskAssignment> assignments =
                ValueSerdes.of(Topic.DISPATCH, config.serde()).deserializer();
        AssignmentIds ids = new AssignmentIds(shards);
        AssignmentReader reader = new AssignmentReader(
                new HashMap<>(config.kafka()),
                value -> idOf(assignments, topic, value),
                ids::shardOf,
                config.dispatchCapacity().most());
        if (config.dispatchGroupType() == GroupType.SHARE) {
            return new ShareGroupSource(admin, reader, topic, group, window, lost);
        }
        return new ConsumerGroupSource(
                new KafkaDispatchLog(admin, reader, topic, window.partitions(), group), topic, window, lost);
    }

    private static long idOf(Deserializer<TaskAssignment> assignments, String topic, byte[] value) {
        try {
            TaskAssignment assignment = value == null ? null : assignments.deserialize(topic, value);
            return assignment == null ? AssignmentReader.NO_ID : assignment.getAssignmentId();
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            return AssignmentReader.NO_ID;
        }
    }
}
