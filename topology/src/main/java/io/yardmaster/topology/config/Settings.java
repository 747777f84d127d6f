package io.yardmaster.topology.config;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.GraphLimits;
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
            "active.jobs", "1024", Kind.wholeNumber(1, MANY), "Maximum number of jobs in the rotation of a shard.");
    public static final Setting<Capacity> DISPATCH_CAPACITY = new Setting<>(
            "dispatch.capacity",
            Capacity.AUTO,
            Kind.capacity(MANY),
            "Maximum number of outstanding assignments: dispatched and not yet taken by the execution managers;"
                    + " auto: as many as they take in a second, from 1024 to 65536.");
    public static final Setting<Duration> TICK_INTERVAL = new Setting<>(
            "tick.interval",
            "5ms",
            Kind.duration("1ms", "1m"),
            "Interval at which the scheduler decides which tasks to dispatch.");
    public static final Setting<Integer> COMMIT_PER_CYCLE = new Setting<>(
            "commit.per.cycle",
            "1",
            Kind.wholeNumber(1, MANY),
            "Maximum number of commit tasks that one cycle offers.");
    public static final Setting<Integer> CLEANUP_PER_CYCLE = new Setting<>(
            "cleanup.per.cycle",
            "1",
            Kind.wholeNumber(1, MANY),
            "Maximum number of cleanup tasks that one cycle offers.");
    public static final Setting<Duration> FINALIZING_EXPIRY = new Setting<>(
            "finalizing.expiry",
            "6h",
            Kind.duration("1ms", "365d"),
            "Time for which events of a job are ignored after its commit or cleanup task was dispatched.");
    public static final Setting<Duration> DEDUP_EXPIRY = new Setting<>(
            "dedup.expiry",
            "24h",
            Kind.duration("1ms", "365d"),
            "Time for which a job without events and without waiting tasks is remembered, so that repeats are"
                    + " dropped; and for which the outcome of an assignment counts.");
    public static final Setting<Duration> REFUSED_BACKOFF = new Setting<>(
            "refused.backoff",
            "1s",
            Kind.duration("1ms", "365d"),
            "Time for which a task that an execution manager refused waits at least until it is offered again; it may be two"
                    + " seconds more.");
    public static final Setting<Fairness> FAIRNESS = new Setting<>(
            "fairness",
            "job",
            Kind.oneOf(Fairness.class),
            "Equal turns for jobs, or for resource groups and inside each group for its jobs; weighted: turns of resource groups in"
                    + " proportion to their weights in the policy; drf: the same, and tasks that limits decide about by dominant share.");
    public static final Setting<String> DISPATCH_GROUP = new Setting<>(
            "dispatch.group",
            "yardmaster-ems",
            Kind.text("the id of a group"),
            "The group in which the execution managers read assignments.");
    public static final Setting<GroupType> DISPATCH_GROUP_TYPE = new Setting<>(
            "dispatch.group.type",
            "consumer",
            Kind.oneOf(GroupType.class),
            "Kind of that group; in a share group (KIP-932) a long assignment holds up none behind it.");
    public static final Setting<String> DISPATCH_POOL = new Setting<>(
            "dispatch.pool",
            "",
            Kind.matching(GraphLimits.POOL_NAME, "the name of a pool, up to 32 of a-z, 0-9 and '-'"),
            "The pool whose assignments an execution manager takes: its topic and its group have the names of the others, a dot, and"
                    + " the pool. Unless set, those of stages that name no pool.");
    public static final Setting<Boolean> DISPATCH_GROUP_CHECK = new Setting<>(
            "dispatch.group.check",
            "true",
            Kind.trueOrFalse(),
            "true: an execution manager checks a share group's configuration before it joins, and waits until a"
                    + " consumer group has offsets.");
    public static final Setting<Duration> KEEP_TAKEN = new Setting<>(
            "keep.taken",
            "7d",
            Kind.durationOrForever("0s", "3650d"),
            "Time for which taken events and assignments stay in their topics, to be looked at; those not taken"
                    + " stay until they are.");
    public static final Setting<Set<String>> RESULTS_GROUPS = new Setting<>(
            "results.groups",
            "connect-postgresql-results,connect-mariadb-results",
            Kind.groups(),
            "The groups of the connectors that write results to databases, whose lag is a metric.");
    public static final Setting<LanePartitioner> LANE_PARTITIONER = new Setting<>(
            "lane.partitioner",
            "murmur2",
            Kind.oneOf(LanePartitioner.class),
            "Partitioner that must have chosen an event's partition, so that a job's events meet; any: the"
                    + " partition is not checked.");
    public static final Setting<EventDetail> EVENTS = new Setting<>(
            "events",
            "jobs",
            Kind.oneOf(EventDetail.class),
            "Events that the scheduler writes to the events topic: those about jobs, which answer commands; tasks: also those"
                    + " about ranges of tasks; none: no events, so that a command gets no answer.");
    public static final Setting<Boolean> RECORD_TICKS = new Setting<>(
            "record.ticks",
            "false",
            Kind.trueOrFalse(),
            "true: assignments carry a header with what each tick read, so that a recording can be replayed exactly; from the"
                    + " scheduler's first start on.");
    public static final Setting<Duration> PLAN_INTERVAL = new Setting<>(
            "plan.interval",
            "20ms",
            Kind.duration("1ms", "500ms"),
            "Shortest time between two plans of hosts for the tasks of a pool, whose policy says placement: hosts.");
    public static final Setting<Integer> PLAN_LIMIT = new Setting<>(
            "plan.limit",
            "100000",
            Kind.wholeNumber(1, MANY),
            "Maximum number of tasks that one plan places on hosts.");
    public static final Setting<Integer> PLAN_THREADS = new Setting<>(
            "plan.threads",
            "2",
            Kind.wholeNumber(0, 64),
            "Threads of an instance that make plans beside the scheduler's own; 0: those make them, and do nothing else meanwhile.");
    public static final Setting<Duration> PLAN_BACKOFF = new Setting<>(
            "plan.backoff",
            "3s",
            Kind.duration("20ms", "10m"),
            "Time for which a pool in which nothing fitted is not planned again, unless a host, a release or a task of another shape comes.");
    public static final Setting<Boolean> PLAN_BUSIEST_FIRST = new Setting<>(
            "plan.busiest.first",
            "true",
            Kind.trueOrFalse(),
            "true: of pools with equal priority the scheduler plans the busiest first, by the tasks that its latest plan placed; false: the first by name.");
    public static final Setting<String> TOPIC_PREFIX = new Setting<>(
            TopicNames.PREFIX_SETTING,
            TopicNames.DEFAULT_PREFIX,
            Kind.text("the beginning of a topic's name"),
            "Beginning of the names of all topics that topic.* does not name.");
    public static final Setting<Path> STATE_DIR = new Setting<>(
            "state.dir", "yardmaster-data/state", Kind.directory(), "Directory of the scheduler's local state.");
    public static final Setting<HostPort> HTTP_LISTEN = new Setting<>(
            "http.listen",
            "127.0.0.1:7070",
            Kind.address(),
            "Address at which health, metrics and, when everything is embedded, the schema registry are served.");
    public static final Setting<LogFormat> LOG_FORMAT = new Setting<>(
            "log.format",
            "text",
            Kind.oneOf(LogFormat.class),
            "Format of the log on stderr; json: an object in each line.");
    public static final Setting<HostPort> HTTP_ADVERTISED = new Setting<>(
            "http.advertised",
            "",
            Kind.advertised(),
            "Address at which other instances reach this one to show the whole; unless set, http.listen, or this"
                    + " machine's address if http.listen is all addresses.");
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
            "Id that the instances of one scheduler share: their group, and the prefix of the internal topics.");
    public static final Setting<Integer> STREAM_THREADS = new Setting<>(
            "kafka.num.stream.threads",
            "1",
            Kind.wholeNumber(1, 1000),
            "Number of threads that share the work; threads beyond the number of shards are idle.");
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
            "true: schemas that the registry lacks are registered when first written.");

    private static final List<Topic<?>> TOPICS = List.of(
            Topic.READY,
            Topic.COMMIT,
            Topic.CLEANUP,
            Topic.GRAPHS,
            Topic.COMMANDS,
            Topic.OUTCOMES,
            Topic.DISPATCH,
            Topic.EVENTS,
            Topic.KILLS,
            Topic.HOSTS,
            Topic.OFFERS,
            Topic.SESSIONS,
            Topic.SHARES,
            Topic.POLICY);

    /** All settings, in the order in which they are shown. */
    public static final List<Setting<?>> ALL = Stream.of(
                    Stream.of(
                            ACTIVE_JOBS,
                            DISPATCH_CAPACITY,
                            TICK_INTERVAL,
                            COMMIT_PER_CYCLE,
                            CLEANUP_PER_CYCLE,
                            FINALIZING_EXPIRY,
                            DEDUP_EXPIRY,
                            REFUSED_BACKOFF,
                            FAIRNESS,
                            DISPATCH_GROUP,
                            DISPATCH_GROUP_TYPE,
                            DISPATCH_POOL,
                            DISPATCH_GROUP_CHECK,
                            KEEP_TAKEN,
                            RESULTS_GROUPS,
                            LANE_PARTITIONER,
                            EVENTS,
                            RECORD_TICKS,
                            PLAN_INTERVAL,
                            PLAN_LIMIT,
                            PLAN_THREADS,
                            PLAN_BACKOFF,
                            PLAN_BUSIEST_FIRST,
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

    /** Prefixes of the keys of other components' settings, with a description of each. */
    public static final SortedMap<String, String> FAMILIES = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            KafkaSettings.PREFIX,
            "Any setting of Kafka Streams and its clients, such as kafka.security.protocol.",
            SerdeFamilies.REGISTRY,
            "TLS to the registry: schema.registry.ssl.* as Kafka's clients have ssl.*. Or any other setting of another"
                    + " serde.",
            SerdeFamilies.LOGIN,
            "Login to the registry: basic.auth.credentials.source, basic.auth.user.info.",
            SerdeFamilies.OTHERS,
            "Any other setting of the serde, without this prefix, such as serde.http.read.timeout.ms.")));

    private Settings() {}

    /** The names of the topics, by the keys of the settings that override them. */
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
