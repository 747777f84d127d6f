package io.yardmaster.topology.config;

import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings, checked: an instance can be run.
 *
 * @param dispatchCapacity how many assignments may be out and not yet taken
 * @param tickInterval how often to decide, 1 ms or more
 * @param dispatchGroup the group of the execution managers
 * @param keepTaken how long what was taken stays in its topic; empty: for ever
 * @param serde what goes to the serde of the values as it is
 * @param kafka what goes to Kafka's clients and Streams as it is; {@code application.id} and
 *     {@code num.stream.threads} are always there, {@code bootstrap.servers} only if it was set
 */
public record SchedulerConfig(
        Policy policy,
        Capacity dispatchCapacity,
        Duration tickInterval,
        String dispatchGroup,
        GroupType dispatchGroupType,
        Optional<Duration> keepTaken,
        LanePartitioner lanePartitioner,
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
                        Settings.TICK_INTERVAL.in(settings)),
                Settings.DISPATCH_CAPACITY.in(settings),
                Settings.TICK_INTERVAL.in(settings),
                Settings.DISPATCH_GROUP.in(settings),
                Settings.DISPATCH_GROUP_TYPE.in(settings),
                Optional.of(Settings.KEEP_TAKEN.in(settings))
                        .filter(keep -> !keep.equals(ChronoUnit.FOREVER.getDuration())),
                Settings.LANE_PARTITIONER.in(settings),
                topics,
                Settings.STATE_DIR.in(settings),
                SerdeFamilies.of(settings),
                KafkaSettings.from(settings));
    }

    /** The same, with a registry of its own in this JVM if none is set: enough to draw the topology. */
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
                lanePartitioner,
                topics,
                stateDir,
                completed,
                kafka);
    }

    /** The same, of an instance that answers the others at this address. */
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
                lanePartitioner,
                topics,
                stateDir,
                serde,
                completed);
    }

    /** Where the instance answers the others, if it does. */
    public Optional<String> address() {
        return Optional.ofNullable(kafka.get(StreamsConfig.APPLICATION_SERVER_CONFIG));
    }

    /** The group of the scheduler's instances, and what the names of all that is internal to it begin with. */
    public String applicationId() {
        return kafka.get(StreamsConfig.APPLICATION_ID_CONFIG);
    }

    /** What matters most, by the names of the settings; not {@code serde} and {@code kafka}, which may hold passwords. */
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
