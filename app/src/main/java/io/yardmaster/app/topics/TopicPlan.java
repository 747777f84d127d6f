package io.yardmaster.app.topics;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.upkeep.TopicLosses;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * The shape of topics that are to be made.
 *
 * @param hosts whether there are topics of hosts and offers, without which no tasks are placed on hosts
 * @param lanePartitions partitions of each of the three lanes, and of the topics of graphs, commands, outcomes, events, hosts and offers, 1 or more
 * @param dispatchPartitions partitions of the dispatch topic, 1 or more: as many execution managers can work at once
 * @param replication copies of each topic; empty: as many as the brokers make by default
 */
public record TopicPlan(
        TopicNames names, boolean hosts, int lanePartitions, int dispatchPartitions, Optional<Short> replication) {
    /** One shard is one rotation, so the order of decisions is strict. */
    public static final int DEFAULT_LANE_PARTITIONS = 1;

    public static final int DEFAULT_DISPATCH_PARTITIONS = 16;

    private static final String FOREVER = "-1";

    private static final String STAMP = TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
    /**
     * For topics that the scheduler writes: a broker refuses records that a clock an hour ahead of its own has stamped, and
     * deletes records too early that a clock days behind has stamped.
     */
    private static final String BROKERS_CLOCK = TimestampType.LOG_APPEND_TIME.name;

    /** Nobody takes dead letters, so they end by age, at 30 days: longer than an operator's holiday. */
    private static final Map<String, String> DEAD_LETTERS = endingAfter(Duration.ofDays(30));

    /** As long as taken events and assignments stay by default. */
    private static final Map<String, String> EVENTS = endingAfter(Duration.ofDays(7));

    /** An execution manager that was away for longer has lost its assignments to others. */
    private static final Map<String, String> KILLS = endingAfter(Duration.ofDays(1));

    /** Only the latest heartbeats count, and there are many. */
    private static final Map<String, String> HOSTS = endingAfter(Duration.ofHours(1));

    /** Records of a topic that end by their age must not seem older than they are. */
    private static final Map<String, String> STAMPED = Map.of(STAMP, BROKERS_CLOCK);

    /** Every instance reads such a topic from the beginning when it starts, so it is kept short. */
    private static final Map<String, String> KEPT_SHORT = Map.of(
            STAMP,
            BROKERS_CLOCK,
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            String.valueOf(8 << 20),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.1");

    /** A plan without topics of hosts. */
    public TopicPlan(TopicNames names, int lanePartitions, int dispatchPartitions, Optional<Short> replication) {
        this(names, false, lanePartitions, dispatchPartitions, replication);
    }

    /** The plan of a deployment of one machine, with topics of hosts. */
    public static TopicPlan defaults(TopicNames names, GroupType groupType) {
        return new TopicPlan(
                names,
                true,
                DEFAULT_LANE_PARTITIONS,
                dispatchPartitions(groupType, DEFAULT_LANE_PARTITIONS),
                Optional.empty());
    }

    /**
     * The number of partitions that the dispatch topic should have. If there are many, Kafka gives each member of a share
     * group only some of them, and a slow member then holds up others: so a share group gets as few as the scheduler can do
     * with.
     */
    public static int dispatchPartitions(GroupType groupType, int lanePartitions) {
        return groupType == GroupType.SHARE ? lanePartitions : DEFAULT_DISPATCH_PARTITIONS;
    }

    /** This plan with another number of a lane's partitions. */
    TopicPlan withLanePartitions(int partitions, GroupType groupType) {
        int dispatch = groupType == GroupType.SHARE ? Math.max(dispatchPartitions, partitions) : dispatchPartitions;
        return new TopicPlan(names, hosts, partitions, dispatch, replication);
    }

    List<NewTopic> topics() {
        Stream<NewTopic> stamped = stampedBySenders(names).stream()
                .map(name -> topic(name, lanePartitions).configs(TopicLosses.KEPT));
        Stream<NewTopic> others = Stream.of(
                topic(names.of(Topic.COMMANDS), lanePartitions).configs(TopicLosses.KEPT_BY_BROKERS_CLOCK),
                topic(names.of(Topic.OUTCOMES), lanePartitions).configs(TopicLosses.KEPT_BY_BROKERS_CLOCK),
                topic(names.of(Topic.DISPATCH), dispatchPartitions).configs(TopicLosses.KEPT_BY_BROKERS_CLOCK),
                topic(names.of(Topic.EVENTS), lanePartitions).configs(EVENTS),
                topic(names.of(Topic.KILLS), 1).configs(KILLS),
                topic(names.deadLetter(), 1).configs(DEAD_LETTERS),
                topic(names.of(Topic.SESSIONS), 1)
                        .configs(Map.of(
                                STAMP,
                                BROKERS_CLOCK,
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT)),
                topic(names.of(Topic.SHARES), 1).configs(KEPT_SHORT),
                topic(names.of(Topic.POLICY), 1).configs(KEPT_SHORT));
        Stream<NewTopic> ofHosts = Stream.of(
                topic(names.of(Topic.HOSTS), lanePartitions).configs(HOSTS),
                topic(names.of(Topic.OFFERS), lanePartitions).configs(TopicLosses.KEPT_BY_BROKERS_CLOCK));
        return Stream.of(stamped, others, hosts ? ofHosts : Stream.<NewTopic>empty())
                .flatMap(all -> all)
                .toList();
    }

    /** The topics without which no tasks are placed on hosts. */
    static List<String> ofHosts(TopicNames names) {
        return List.of(names.of(Topic.HOSTS), names.of(Topic.OFFERS));
    }

    /** Topics whose records a shard reads in the order of the times at which storage or a user made them. */
    private static List<String> stampedBySenders(TopicNames names) {
        return Stream.of(Topic.READY, Topic.COMMIT, Topic.CLEANUP, Topic.GRAPHS)
                .map(names::of)
                .toList();
    }

    /** The topics of which each shard reads one partition: the lanes, graphs, commands and outcomes. */
    static List<String> shardTopics(TopicNames names) {
        return Topic.OF_SHARDS.stream().map(names::of).toList();
    }

    /** Topics that must have one partition. */
    static List<String> single(TopicNames names) {
        return List.of(names.of(Topic.KILLS), names.of(Topic.SESSIONS), names.of(Topic.SHARES), names.of(Topic.POLICY));
    }

    /** Topics of which only the latest record of a key counts. */
    static List<String> compacted(TopicNames names) {
        return List.of(names.of(Topic.SESSIONS), names.of(Topic.SHARES), names.of(Topic.POLICY));
    }

    /** Topics of which every record counts, or whose records have no keys. */
    static List<String> uncompacted(TopicNames names) {
        return Stream.concat(
                        shardTopics(names).stream(),
                        Stream.of(
                                names.of(Topic.DISPATCH),
                                names.of(Topic.EVENTS),
                                names.of(Topic.KILLS),
                                names.of(Topic.HOSTS),
                                names.of(Topic.OFFERS),
                                names.deadLetter()))
                .toList();
    }

    /** Lets the broker put records that a share group gave up into a topic; brokers before 4.4 do not know this setting. */
    static final Map<String, String> TAKES_GIVEN_UP =
            Map.of(TopicConfig.ERRORS_DEADLETTERQUEUE_GROUP_ENABLE_CONFIG, "true");

    /**
     * Settings that topics need so that no record ends before it was taken, or before its time, by the topic's name.
     *
     * @param ofPools names of the dispatch topics of pools
     */
    static Map<String, Map<String, String>> keeping(
            TopicNames names, GroupType groupType, List<String> changelogs, Collection<String> ofPools) {
        Map<String, Map<String, String>> keeping = new LinkedHashMap<>();
        stampedBySenders(names).forEach(topic -> keeping.put(topic, TopicLosses.KEPT));
        keeping.put(names.of(Topic.COMMANDS), TopicLosses.KEPT_BY_BROKERS_CLOCK);
        keeping.put(names.of(Topic.OUTCOMES), TopicLosses.KEPT_BY_BROKERS_CLOCK);
        keeping.put(names.of(Topic.DISPATCH), TopicLosses.KEPT_BY_BROKERS_CLOCK);
        ofPools.forEach(topic -> keeping.put(topic, TopicLosses.KEPT_BY_BROKERS_CLOCK));
        keeping.put(names.of(Topic.EVENTS), STAMPED);
        keeping.put(names.of(Topic.KILLS), STAMPED);
        keeping.put(names.of(Topic.HOSTS), STAMPED);
        keeping.put(names.of(Topic.OFFERS), TopicLosses.KEPT_BY_BROKERS_CLOCK);
        if (groupType == GroupType.SHARE) {
            keeping.put(names.deadLetter(), TAKES_GIVEN_UP);
        }
        changelogs.forEach(changelog ->
                keeping.put(changelog, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        return keeping;
    }

    private static Map<String, String> endingAfter(Duration age) {
        return Map.of(
                STAMP,
                BROKERS_CLOCK,
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(age.toMillis()),
                TopicConfig.RETENTION_BYTES_CONFIG,
                FOREVER);
    }

    static List<String> all(TopicNames names) {
        return defaults(names, GroupType.CONSUMER).topics().stream()
                .map(NewTopic::name)
                .toList();
    }

    private NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), replication);
    }
}
