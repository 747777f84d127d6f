package io.yardmaster.topology.config;

import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The checked settings, with which an instance can be run.
 *
 * @param dispatchCapacity maximum number of outstanding assignments
 * @param tickInterval time between two ticks, 1 ms or more
 * @param dispatchGroup the group of the execution managers
 * @param keepTaken time for which taken records stay in their topics; empty: for ever
 * @param resultsGroups the groups of the connectors that write results to databases
 * @param events the events that are written to the events topic
 * @param recordTicks whether assignments carry a record of the ticks, by which a recording can be replayed exactly
 * @param plans how plans of hosts are made
 * @param serde settings of the serde of the values, handed on unchanged
 * @param kafka settings of Kafka's clients and Streams, handed on unchanged; {@code application.id} and
 *     {@code num.stream.threads} are always there, {@code bootstrap.servers} only if it was set
 */
public record SchedulerConfig(
        Policy policy,
        Capacity dispatchCapacity,
        Duration tickInterval,
        String dispatchGroup,
        GroupType dispatchGroupType,
        Optional<Duration> keepTaken,
        Set<String> resultsGroups,
        LanePartitioner lanePartitioner,
        EventDetail events,
        boolean recordTicks,
        PlanSettings plans,
        TopicNames topics,
        Path stateDir,
        Map<String, String> serde,
        Map<String, String> kafka) {

    /**
     * Reads and checks all settings.
     *
     * @throws InvalidSettingException when a setting is unknown, or has a value that is not allowed
     */
    public static SchedulerConfig from(Map<String, String> settings) {
        Settings.check(settings);
        TopicNames topics = TopicNames.from(settings);
        TopicRules.check(topics, settings);
        return new SchedulerConfig(
                new Policy(
                        Settings.ACTIVE_JOBS.in(settings),
                        Settings.COMMIT_PER_CYCLE.in(settings),
                        Settings.CLEANUP_PER_CYCLE.in(settings),
                        Settings.FINALIZING_EXPIRY.in(settings),
                        Settings.DEDUP_EXPIRY.in(settings),
                        Settings.FAIRNESS.in(settings),
                        Settings.REFUSED_BACKOFF.in(settings),
                        Settings.TICK_INTERVAL.in(settings)),
                Settings.DISPATCH_CAPACITY.in(settings),
                Settings.TICK_INTERVAL.in(settings),
                Settings.DISPATCH_GROUP.in(settings),
                Settings.DISPATCH_GROUP_TYPE.in(settings),
                Optional.of(Settings.KEEP_TAKEN.in(settings))
                        .filter(keep -> !keep.equals(ChronoUnit.FOREVER.getDuration())),
                Settings.RESULTS_GROUPS.in(settings),
                Settings.LANE_PARTITIONER.in(settings),
                Settings.EVENTS.in(settings),
                Settings.RECORD_TICKS.in(settings),
                new PlanSettings(
                        Settings.PLAN_INTERVAL.in(settings),
                        Settings.PLAN_LIMIT.in(settings),
                        Settings.PLAN_THREADS.in(settings),
                        Settings.PLAN_BACKOFF.in(settings),
                        Settings.PLAN_BUSIEST_FIRST.in(settings)),
                topics,
                Settings.STATE_DIR.in(settings),
                SerdeFamilies.of(settings),
                KafkaSettings.from(settings));
    }

    /** A copy with a mock registry in this JVM if none is set, which is enough to describe the topology. */
    public SchedulerConfig withSomeRegistry() {
        Map<String, String> completed = new HashMap<>(serde);
        completed.putIfAbsent(Settings.REGISTRY_URL.key(), "mock://yardmaster");
        return new SchedulerConfig(
                policy,
                dispatchCapacity,
                tickInterval,
                dispatchGroup,
                dispatchGroupType,
                keepTaken,
                resultsGroups,
                lanePartitioner,
                events,
                recordTicks,
                plans,
                topics,
                stateDir,
                completed,
                kafka);
    }

    /** A copy whose topic and group of assignments are those of a pool, for an execution manager of it. */
    public SchedulerConfig inPool(String pool) {
        return new SchedulerConfig(
                policy,
                dispatchCapacity,
                tickInterval,
                TopicNames.ofPool(dispatchGroup, pool),
                dispatchGroupType,
                keepTaken,
                resultsGroups,
                lanePartitioner,
                events,
                recordTicks,
                plans,
                topics.inPool(pool),
                stateDir,
                serde,
                kafka);
    }

    /** A copy for an instance that answers other instances at this address. */
    public SchedulerConfig at(HostPort address) {
        Map<String, String> completed = new HashMap<>(kafka);
        completed.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address.toString());
        return new SchedulerConfig(
                policy,
                dispatchCapacity,
                tickInterval,
                dispatchGroup,
                dispatchGroupType,
                keepTaken,
                resultsGroups,
                lanePartitioner,
                events,
                recordTicks,
                plans,
                topics,
                stateDir,
                serde,
                completed);
    }

    /** The address at which the instance answers other instances, if it does. */
    public Optional<String> address() {
        return Optional.ofNullable(kafka.get(StreamsConfig.APPLICATION_SERVER_CONFIG));
    }

    /** The group of the scheduler's instances, and the prefix of its internal topics. */
    public String applicationId() {
        return kafka.get(StreamsConfig.APPLICATION_ID_CONFIG);
    }

    /** The most important settings, without {@code serde} and {@code kafka}, which may hold passwords. */
    @Override
    public String toString() {
        return ("application.id=%s active.jobs=%s fairness=%s dispatch.capacity=%s tick.interval=%sms"
                        + " dispatch.group=%s (%s) state.dir=%s")
                .formatted(
                        applicationId(),
                        policy.activeJobs(),
                        Labels.of(policy.fairness()),
                        dispatchCapacity,
                        tickInterval.toMillis(),
                        dispatchGroup,
                        Labels.of(dispatchGroupType),
                        stateDir);
    }
}
