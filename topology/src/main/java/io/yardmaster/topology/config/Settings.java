package io.yardmaster.topology.config;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting there is. */
public final class Settings {
    private static final int MANY = 1_000_000;

    public static final Setting<Integer> ACTIVE_JOBS = new Setting<>(
            "active.jobs", "1024", Kind.wholeNumber(1, MANY), "How many jobs take part in the rotation at once.");
    public static final Setting<Capacity> DISPATCH_CAPACITY = new Setting<>(
            "dispatch.capacity",
            Capacity.AUTO,
            Kind.capacity(MANY),
            "How many assignments may be out and not yet taken by the execution managers; auto: as many as they take"
                    + " in a second, from 1024 to 65536.");
    public static final Setting<Duration> TICK_INTERVAL = new Setting<>(
            "tick.interval", "5ms", Kind.duration("1ms", "1m"), "How often the scheduler decides what to dispatch.");
    public static final Setting<Integer> COMMIT_PER_CYCLE = new Setting<>(
            "commit.per.cycle", "1", Kind.wholeNumber(1, MANY), "How many commit tasks one cycle offers at most.");
    public static final Setting<Integer> CLEANUP_PER_CYCLE = new Setting<>(
            "cleanup.per.cycle", "1", Kind.wholeNumber(1, MANY), "How many cleanup tasks one cycle offers at most.");
    public static final Setting<Duration> FINALIZING_EXPIRY = new Setting<>(
            "finalizing.expiry",
            "6h",
            Kind.duration("1ms", "365d"),
            "How long events of a job are ignored after its commit or cleanup task was dispatched.");
    public static final Setting<Duration> DEDUP_EXPIRY = new Setting<>(
            "dedup.expiry",
            "24h",
            Kind.duration("1ms", "365d"),
            "How long a job without events and without waiting tasks is remembered, so that repeats are dropped.");
    public static final Setting<Fairness> FAIRNESS = new Setting<>(
            "fairness",
            "job",
            Kind.oneOf(Fairness.class),
            "Who gets equal turns: jobs, or groups and then their jobs.");
    public static final Setting<String> DISPATCH_GROUP = new Setting<>(
            "dispatch.group",
            "yardmaster-ems",
            Kind.text("the id of a group"),
            "The group in which the execution managers read assignments.");
    public static final Setting<GroupType> DISPATCH_GROUP_TYPE = new Setting<>(
            "dispatch.group.type",
            "consumer",
            Kind.oneOf(GroupType.class),
            "What kind of group that is; in a share group (KIP-932) a long assignment holds up none behind it.");
    public static final Setting<Boolean> DISPATCH_GROUP_CHECK = new Setting<>(
            "dispatch.group.check",
            "true",
            Kind.trueOrFalse(),
            "Whether an execution manager looks at its group before it joins: whether a share group reads what it must, and"
                    + " where a consumer group was.");
    public static final Setting<Duration> KEEP_TAKEN = new Setting<>(
            "keep.taken",
            "7d",
            Kind.durationOrForever("0s", "3650d"),
            "How long events and assignments stay in their topics after they were taken, to be looked at; what was not taken"
                    + " stays until it is.");
    public static final Setting<LanePartitioner> LANE_PARTITIONER = new Setting<>(
            "lane.partitioner",
            "murmur2",
            Kind.oneOf(LanePartitioner.class),
            "Which partitioner must have put an event where it lies, so that a job's events meet; any: none is asked for.");
    public static final Setting<String> TOPIC_PREFIX = new Setting<>(
            TopicNames.PREFIX_SETTING,
            TopicNames.DEFAULT_PREFIX,
            Kind.text("the beginning of a topic's name"),
            "What the names of all topics begin with, unless topic.* names one.");
    public static final Setting<Path> STATE_DIR = new Setting<>(
            "state.dir", "yardmaster-data/state", Kind.directory(), "Where the scheduler keeps its local state.");
    public static final Setting<HostPort> HTTP_LISTEN = new Setting<>(
            "http.listen",
            "127.0.0.1:7070",
            Kind.address(),
            "Where health, metrics and, when everything is embedded, the schema registry are served.");
    public static final Setting<LogFormat> LOG_FORMAT = new Setting<>(
            "log.format",
            "text",
            Kind.oneOf(LogFormat.class),
            "How the log on stderr is written; json: an object in each line.");
    public static final Setting<HostPort> HTTP_ADVERTISED = new Setting<>(
            "http.advertised",
            "",
            Kind.advertised(),
            "Where other instances reach this one to show the whole; unless set, what http.listen says, or this machine's"
                    + " address if that is all addresses.");
    public static final Setting<Set<String>> HTTP_HOSTS = new Setting<>(
            "http.hosts",
            "",
            Kind.hosts(),
            "Names that requests may carry in their Host header, those of a proxy say. Unless set, an http.listen that only"
                    + " this machine can reach takes names of this machine and the one in http.advertised, any other all.");
    public static final Setting<String> BOOTSTRAP_SERVERS = new Setting<>(
            "kafka.bootstrap.servers", "", Kind.text("host:port, or several with commas"), "The Kafka to connect to.");
    public static final Setting<String> APPLICATION_ID = new Setting<>(
            "kafka.application.id",
            "yardmaster",
            Kind.text("the id of a consumer group"),
            "What instances of one scheduler share: their group, and the prefix of the internal topics.");
    public static final Setting<Integer> STREAM_THREADS = new Setting<>(
            "kafka.num.stream.threads",
            "1",
            Kind.wholeNumber(1, 1000),
            "How many threads share the work; more than the lanes have partitions are idle.");
    public static final Setting<String> REGISTRY_URL = new Setting<>(
            "schema.registry.url",
            "",
            Kind.text("a URL, several with commas, or mock://name"),
            "A schema registry that speaks Confluent's REST API.");
    public static final Setting<String> VALUE_SERDE = new Setting<>(
            "value.serde",
            "",
            Kind.text("the name of a class that implements org.apache.kafka.common.serialization.Serde"),
            "Reads and writes the values instead of the built-in Avro serde.");
    public static final Setting<Boolean> AUTO_REGISTER = new Setting<>(
            "auto.register.schemas",
            "true",
            Kind.trueOrFalse(),
            "Whether schemas that the registry lacks are registered when first written.");

    private static final List<Topic<?>> TOPICS =
            List.of(Topic.READY, Topic.COMMIT, Topic.CLEANUP, Topic.DISPATCH, Topic.SESSIONS, Topic.SHARES);

    /** In the order in which they are shown. */
    public static final List<Setting<?>> ALL = Stream.of(
                    Stream.of(
                            ACTIVE_JOBS,
                            DISPATCH_CAPACITY,
                            TICK_INTERVAL,
                            COMMIT_PER_CYCLE,
                            CLEANUP_PER_CYCLE,
                            FINALIZING_EXPIRY,
                            DEDUP_EXPIRY,
                            FAIRNESS,
                            DISPATCH_GROUP,
                            DISPATCH_GROUP_TYPE,
                            DISPATCH_GROUP_CHECK,
                            KEEP_TAKEN,
                            LANE_PARTITIONER,
                            TOPIC_PREFIX),
                    Stream.concat(TOPICS.stream().map(Topic::id), Stream.of(Topic.DEAD_LETTER_ID))
                            .map(Settings::topicName),
                    Stream.of(
                            STATE_DIR,
                            HTTP_LISTEN,
                            HTTP_ADVERTISED,
                            HTTP_HOSTS,
                            LOG_FORMAT,
                            BOOTSTRAP_SERVERS,
                            APPLICATION_ID,
                            STREAM_THREADS,
                            REGISTRY_URL,
                            VALUE_SERDE,
                            AUTO_REGISTER))
            .<Setting<?>>flatMap(settings -> settings)
            .toList();

    /** Keys that begin so are settings of others, and what they are for. */
    public static final SortedMap<String, String> FAMILIES = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            KafkaSettings.PREFIX,
            "Any setting of Kafka Streams and its clients, such as kafka.security.protocol.",
            SerdeFamilies.REGISTRY,
            "TLS to the registry: schema.registry.ssl.* as Kafka's clients have ssl.*. Or any other setting of another"
                    + " serde.",
            SerdeFamilies.LOGIN,
            "How to log in to the registry: basic.auth.credentials.source, basic.auth.user.info.",
            SerdeFamilies.OTHERS,
            "Any other setting of the serde, without this prefix, such as serde.http.read.timeout.ms.")));

    private Settings() {}

    /** The name that each topic has, by the key of the setting that can replace it. */
    public static Map<String, String> topicNames(TopicNames names) {
        Map<String, String> byKey = new LinkedHashMap<>();
        TOPICS.forEach(topic -> byKey.put("topic." + topic.id(), names.of(topic)));
        byKey.put("topic." + Topic.DEAD_LETTER_ID, names.deadLetter());
        return byKey;
    }

    /** @throws InvalidSettingException when a key is unknown or a value is not allowed */
    static void check(Map<String, String> settings) {
        Set<String> own = ALL.stream().map(Setting::key).collect(Collectors.toSet());
        Set<String> known = new TreeSet<>(own);
        known.addAll(KafkaSettings.known());
        known.addAll(SerdeFamilies.known());
        for (String key : new TreeSet<>(settings.keySet())) {
            boolean read = own.contains(key)
                    || (key.startsWith(KafkaSettings.PREFIX)
                            ? KafkaSettings.isRead(key, settings)
                            : SerdeFamilies.isRead(key, settings));
            if (!read) {
                throw InvalidSettingException.unknown(key, known);
            }
        }
        ALL.forEach(setting -> setting.optionalIn(settings));
    }

    private static Setting<String> topicName(String id) {
        return new Setting<>(
                "topic." + id, "", Kind.text("the name of a topic"), "The whole name of the " + id + " topic.");
    }
}
