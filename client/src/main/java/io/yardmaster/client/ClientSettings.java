package io.yardmaster.client;

import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.Nearest;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the configuration of Kafka clients out of an execution manager's settings: every consumer setting is taken as
 * it is, and so is every key that begins with {@code kafka.}, which wins over the same key without the prefix. Each kind of
 * client gets those that it knows, and those that none of them knows.
 */
final class ClientSettings {
    private static final int BRIEF_MILLIS = 3_000;

    static final String GROUP = "dispatch.group";
    static final String DEFAULT_GROUP = "yardmaster-ems";
    static final String POOL = "dispatch.pool";
    static final String GROUP_TYPE = "dispatch.group.type";

    private static final String OF_DISPATCH = "dispatch.";
    /** The last one is the scheduler's, which may be given the same settings. */
    private static final Set<String> KNOWN_OF_DISPATCH =
            Set.of(GROUP, POOL, GROUP_TYPE, "dispatch.group.check", "dispatch.capacity");

    static final String PREFIX = "kafka.";
    private static final String CONSUMER = "consumer";
    private static final String SHARE = "share";

    /**
     * With other values an execution manager would run assignments of aborted transactions or commit unfinished ones.
     */
    private static final Map<String, String> FIXED = Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName(),
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());

    /** A member holds few records and acknowledges each of them. */
    private static final Map<String, String> SHARE_FIXED = Map.of(
            ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit",
            ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");

    /** With other values outcomes would get lost, or lie in partitions of which their job's shard does not read. */
    private static final Map<String, String> OUTCOMES_FIXED = Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName(),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());

    /** No worker waits for an acknowledgement in a consumer group, and a batch saves requests. */
    private static final String LINGER_MILLIS = "5";

    /** A member of a share group takes nothing new before its outcome is acknowledged. */
    private static final String SHARE_LINGER_MILLIS = "0";

    private final Map<String, Object> given = new HashMap<>();
    private final String group;
    private final String pool;
    private final String topic;
    private final boolean share;

    ClientSettings(Map<String, String> settings) {
        KafkaKeys.check(settings.keySet());
        settings.forEach((key, value) -> {
            if (key.startsWith(OF_DISPATCH) && !KNOWN_OF_DISPATCH.contains(key)) {
                throw new ConfigException(Nearest.unknownSetting(key, KNOWN_OF_DISPATCH));
            }
            if (ConsumerConfig.configNames().contains(key)) {
                given.putIfAbsent(key, value);
            } else if (key.startsWith(PREFIX)) {
                given.put(key.substring(PREFIX.length()), value);
            }
        });
        if (!given.containsKey(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new ConfigException("bootstrap.servers is missing: name the Kafka brokers, host:port,host:port");
        }
        require(FIXED, given);
        refuse(ConsumerConfig.GROUP_ID_CONFIG, "set " + GROUP + " instead");
        refuse(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "it follows from the parallelism");
        given.putAll(FIXED);
        String ofAll = settings.getOrDefault(GROUP, DEFAULT_GROUP);
        if (ofAll.isBlank()) {
            throw new ConfigException(GROUP, ofAll, "the group of the execution managers needs a name");
        }
        pool = settings.getOrDefault(POOL, "");
        if (!pool.isEmpty() && !pool.matches(GraphLimits.POOL_NAME)) {
            throw new ConfigException(
                    POOL, pool, "the name of a pool has up to 32 of a-z, 0-9 and '-', the first a letter or digit");
        }
        group = TopicNames.ofPool(ofAll, pool);
        topic = TopicNames.from(settings).dispatch(pool);
        String type = settings.getOrDefault(GROUP_TYPE, CONSUMER);
        if (!type.equals(CONSUMER) && !type.equals(SHARE)) {
            throw new ConfigException(GROUP_TYPE, type, "must be " + CONSUMER + " or " + SHARE);
        }
        share = type.equals(SHARE);
    }

    String group() {
        return group;
    }

    /** Empty for the default pool. */
    String pool() {
        return pool;
    }

    /** The topic of its pool's assignments. */
    String topic() {
        return topic;
    }

    /** True for a share group, false for a consumer group. */
    boolean share() {
        return share;
    }

    Duration maxPollInterval() {
        String key = ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
        Object value = given.getOrDefault(
                key, ConsumerConfig.configDef().defaultValues().get(key));
        return Duration.ofMillis((Integer) ConfigDef.parseType(key, value, ConfigDef.Type.INT));
    }

    Map<String, Object> forAssignments(int maxPollRecords) {
        var config = ofConsumer();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        config.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Object protocol = config.getOrDefault(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        if (!CONSUMER.equalsIgnoreCase(protocol.toString())) {
            config.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return config;
    }

    /** The configuration of one member of a share group. */
    Map<String, Object> forShareMember(int number, int maxPollRecords) {
        var config = ofConsumer();
        // Both are the group's own here, not a member's.
        config.remove(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
        config.remove(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG);
        require(SHARE_FIXED, config);
        config.putAll(SHARE_FIXED);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        config.computeIfPresent(ConsumerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-" + number);
        return config;
    }

    /** The configuration of a host's consumer, which reads its partition in no group. */
    Map<String, Object> forHost(int maxPollRecords) {
        var config = forFollower(Topic.DISPATCH);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        return config;
    }

    /** The configuration of the admin client that looks at the group. */
    Map<String, Object> forAdmin() {
        var config = only(AdminClientConfig.configNames());
        config.computeIfPresent(ConsumerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-admin");
        return config;
    }

    /** The configuration of a client that asks in a loop until a stop: its close must not wait for a broker that is away. */
    Map<String, Object> forBriefAdmin() {
        var config = forAdmin();
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, BRIEF_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, BRIEF_MILLIS);
        return config;
    }

    /** The configuration of a consumer that follows a topic on its own, in no group. */
    Map<String, Object> forFollower(Topic<?> topic) {
        var config = ofConsumer();
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        config.remove(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // The settings of large fetches are meant for assignments: here each record counts at once.
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        config.computeIfPresent(ConsumerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-" + topic.id());
        return config;
    }

    /** The configuration of the producer of outcomes. */
    Map<String, Object> forOutcomes() {
        return forProducer(Topic.OUTCOMES, share ? SHARE_LINGER_MILLIS : LINGER_MILLIS);
    }

    /** The configuration of the producer of heartbeats; one that waits for long is out of date. */
    Map<String, Object> forHeartbeats() {
        var config = forProducer(Topic.HOSTS, SHARE_LINGER_MILLIS);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(BRIEF_MILLIS));
        return config;
    }

    private Map<String, Object> forProducer(Topic<?> topic, String linger) {
        refuse(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic.id() + " are not written in transactions");
        refuse(
                ProducerConfig.PARTITIONER_CLASS_CONFIG,
                "records of " + topic.id() + " must lie where Kafka's own partitioner puts them");
        var config = only(ProducerConfig.configNames());
        // Those given are a consumer's.
        config.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        require(OUTCOMES_FIXED, config);
        config.putAll(OUTCOMES_FIXED);
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, linger);
        config.computeIfPresent(ProducerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-" + topic.id());
        return config;
    }

    private Map<String, Object> ofConsumer() {
        return only(ConsumerConfig.configNames());
    }

    /** Without the settings that are another kind of client's only. */
    private Map<String, Object> only(Set<String> known) {
        var config = new HashMap<>(given);
        config.keySet()
                .removeIf(key -> !known.contains(key)
                        && (ConsumerConfig.configNames().contains(key)
                                || ProducerConfig.configNames().contains(key)));
        return config;
    }

    private static void require(Map<String, String> fixed, Map<String, Object> config) {
        fixed.forEach((key, only) -> {
            if (!config.getOrDefault(key, only).equals(only)) {
                throw new ConfigException(key, config.get(key), "an execution manager needs " + only);
            }
        });
    }

    private void refuse(String key, String why) {
        if (given.containsKey(key)) {
            throw new ConfigException(key, given.get(key), why);
        }
    }
}
