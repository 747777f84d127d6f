package io.yardmaster.topology;

import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.Window;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.Stores;

/**
 * The map of the whole.
 *
 * <pre>
 *  ready    ──┐                              ┌──▶ dispatch, dispatch.POOL, events, kills
 *  commit   ──┼──▶ scheduler ────────────────┼──▶ sessions ──▶ newest-session-updater
 *  cleanup  ──┤    scheduler-state           │                 newest-session (on every instance)
 *  graphs   ──┤    (RocksDB + changelog)     └──▶ shares ────▶ latest-shares-updater
 *  commands ──┤                                                latest-shares (on every instance)
 *  outcomes ──┘                              └──▶ offers ────▶ placement: see PlacementTopology
 *  policy ──────▶ latest-policy-updater
 *                 latest-policy (on every instance)
 * </pre>
 *
 * <p>The lanes, graphs, commands and outcomes have one sub-topology, because all events of a job must meet in one shard:
 * stream task n has partition n of each. Commands and outcomes overtake events and graphs ({@link OvertakingTime}). The other three are global. Through
 * the sessions topic a shard tells the others of a new session (S11); through the shares topic the shards share one
 * dispatch window and keep pace with each other (S12, S16); the policy
 * topic holds the operator's choices that change at run time. Streams itself writes dead letters, which {@link
 * DeadLetters} makes.
 */
public final class SchedulerTopology {
    /** The broker stamps the records itself: it would refuse timestamps of a clock that is an hour ahead of its own. */
    private static final Map<String, String> CHANGELOG =
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);

    private SchedulerTopology() {}

    /**
     * Builds the topology; needs neither broker nor registry.
     *
     * @param shards number of shards, which is the number of partitions of each lane
     */
    public static Topology build(SchedulerConfig config, int shards, Window window) {
        return build(config, shards, window, Observers.none());
    }

    /** The topology as Streams describes it; needs neither broker nor registry. */
    static String describe(SchedulerConfig config) {
        Window none = new DispatchWindow(1, System::nanoTime);
        return build(config.withSomeRegistry(), 1, none).describe().toString();
    }

    static Topology build(SchedulerConfig config, int shards, Window window, Observers observers) {
        return build(config, shards, window, observers, LivePolicies.of(config, shards));
    }

    static Topology build(
            SchedulerConfig config, int shards, Window window, Observers observers, LivePolicies policies) {
        return build(
                config,
                shards,
                window,
                observers,
                policies,
                Optional.of(PlacementOptions.of(
                        config.plans(), shards, Runnable::run, System::currentTimeMillis, pool -> Integer.MAX_VALUE)));
    }

    /** @param places the choices for placement; empty if no tasks are placed on hosts, and then there is nothing for that in the topology */
    static Topology build(
            SchedulerConfig config,
            int shards,
            Window window,
            Observers observers,
            LivePolicies policies,
            Optional<PlacementOptions> places) {
        TopicNames topics = config.topics();
        Topology topology = new Topology();
        addSource(topology, Names.READY_SOURCE, Topic.READY, new EventTime(), config);
        addSource(topology, Names.COMMIT_SOURCE, Topic.COMMIT, new EventTime(), config);
        addSource(topology, Names.CLEANUP_SOURCE, Topic.CLEANUP, new EventTime(), config);
        addSource(topology, Names.GRAPHS_SOURCE, Topic.GRAPHS, new EventTime(), config);
        addSource(topology, Names.COMMANDS_SOURCE, Topic.COMMANDS, new OvertakingTime(), config);
        addSource(topology, Names.OUTCOMES_SOURCE, Topic.OUTCOMES, new OvertakingTime(), config);
        Serde<Share> shares = ValueSerdes.of(Topic.SHARES, config.serde());
        Budgets budgets = new Budgets(
                shards,
                config.dispatchCapacity(),
                config.policy().fairness(),
                topics.of(Topic.SHARES),
                shares.deserializer());
        JobPlacement placement = new JobPlacement(config.lanePartitioner(), shards);
        topology.<Long, SpecificRecord, Object, SpecificRecord>addProcessor(
                Names.SCHEDULER,
                () -> new SchedulerProcessor(
                        config.policy(),
                        config.tickInterval(),
                        placement,
                        config.events(),
                        topics,
                        window,
                        budgets,
                        policies,
                        config.recordTicks(),
                        places.isPresent(),
                        observers),
                Names.READY_SOURCE,
                Names.COMMIT_SOURCE,
                Names.CLEANUP_SOURCE,
                Names.GRAPHS_SOURCE,
                Names.COMMANDS_SOURCE,
                Names.OUTCOMES_SOURCE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(Names.STATE_STORE), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingEnabled(CHANGELOG),
                Names.SCHEDULER);
        topology.addStateStore(new CommitHook.Builder(Names.COMMIT_HOOK), Names.SCHEDULER);
        topology.addSink(
                Names.DISPATCH_SINK,
                topics.of(Topic.DISPATCH),
                new LongSerializer(),
                ValueSerdes.of(Topic.DISPATCH, config.serde()).serializer(),
                Names.SCHEDULER);
        topology.addSink(
                Names.POOLS_SINK,
                new PoolTopicName(topics),
                new LongSerializer(),
                ValueSerdes.of(Topic.DISPATCH, config.serde()).serializer(),
                Names.SCHEDULER);
        topology.addSink(
                Names.SESSIONS_SINK,
                topics.of(Topic.SESSIONS),
                new StringSerializer(),
                ValueSerdes.of(Topic.SESSIONS, config.serde()).serializer(),
                Names.SCHEDULER);
        topology.addSink(
                Names.SHARES_SINK,
                topics.of(Topic.SHARES),
                new IntegerSerializer(),
                shares.serializer(),
                Names.SCHEDULER);
        topology.addSink(
                Names.EVENTS_SINK,
                topics.of(Topic.EVENTS),
                new LongSerializer(),
                ValueSerdes.of(Topic.EVENTS, config.serde()).serializer(),
                Names.SCHEDULER);
        topology.addSink(
                Names.KILLS_SINK,
                topics.of(Topic.KILLS),
                new LongSerializer(),
                ValueSerdes.of(Topic.KILLS, config.serde()).serializer(),
                Names.SCHEDULER);
        topology.addSink(
                Names.LATE_LETTERS_SINK,
                topics.deadLetter(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                Names.SCHEDULER);
        addNewestSession(topology, topics);
        addLatestShares(topology, topics, budgets);
        addLatestPolicy(topology, topics, policies);
        places.ifPresent(options -> PlacementTopology.addTo(topology, config, shards, options, policies, observers));
        return topology;
    }

    private static <V extends SpecificRecord> void addSource(
            Topology topology, String name, Topic<V> topic, TimestampExtractor time, SchedulerConfig config) {
        Deserializer<V> values = new LaneDeserializer<>(
                topic.valueType(), ValueSerdes.of(topic, config.serde()).deserializer());
        // A new scheduler reads from the beginning, so that no event that was sent before its start is lost.
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                time,
                new LongDeserializer(),
                values,
                config.topics().of(topic));
    }

    /** Adds a store of one entry in memory. Only the header of a record is read, so it needs no registry. */
    private static void addNewestSession(Topology topology, TopicNames topics) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(Names.SESSIONS_STORE), Serdes.String(), Serdes.Long())
                        .withLoggingDisabled(),
                Names.SESSIONS_SOURCE,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.of(Topic.SESSIONS),
                Names.SESSIONS_UPDATER,
                () -> (Processor<byte[], byte[], Void, Void>) new NewestSession());
    }

    /** Adds a store in memory of one entry for each shard. */
    private static void addLatestShares(Topology topology, TopicNames topics, Budgets budgets) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(Names.SHARES_STORE), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                Names.SHARES_SOURCE,
                new BytesDeserializer(),
                new ByteArrayDeserializer(),
                topics.of(Topic.SHARES),
                Names.SHARES_UPDATER,
                () -> (Processor<Bytes, byte[], Void, Void>) new LatestShares(budgets::received));
    }

    /** Adds a store in memory of one entry for each choice that the operator made. */
    private static void addLatestPolicy(Topology topology, TopicNames topics, LivePolicies policies) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(Names.POLICY_STORE), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                Names.POLICY_SOURCE,
                new BytesDeserializer(),
                new ByteArrayDeserializer(),
                topics.of(Topic.POLICY),
                Names.POLICY_UPDATER,
                () -> (Processor<Bytes, byte[], Void, Void>) new LatestPolicy(policies::received));
    }
}
