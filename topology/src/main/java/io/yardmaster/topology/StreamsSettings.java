package io.yardmaster.topology;

import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.config.Secrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of Kafka Streams: our defaults, overridden by {@code kafka.*}, overridden by fixed ones. */
final class StreamsSettings {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsSettings.class);

    /** Settings that Streams sets itself, which it logs only among much noise. */
    private static final Map<String, String> BY_STREAMS = Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");

    private static final long COMMIT_INTERVAL_MS = 20;
    private static final long STREAMS_INTERVAL_MS = 2_000;
    private static final int TRANSACTION_TIMEOUT_MS = 5_000;

    private StreamsSettings() {}

    /** Has refused outcomes of the instance noted, too. */
    static Properties of(SchedulerConfig config, RefusedOutcomes refusedOutcomes) {
        Properties settings = of(config);
        settings.put(DeadLetters.REFUSED_OUTCOMES, refusedOutcomes);
        return settings;
    }

    static Properties of(SchedulerConfig config) {
        Map<String, Object> settings = new HashMap<>(defaults(config));
        settings.putAll(config.kafka());
        settings.putAll(fixed(config));
        warnOfUnused(config.kafka(), settings);
        if (!commitInterval(config).isNegative()) {
            settings.put(
                    StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                    streamsInterval(settings.get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG), settings));
        }
        settings.put(DeadLetters.LIMIT, DeadLetterLimit.of(settings));
        settings.put(DeadLetters.OUTCOMES_TOPIC, config.topics().of(Topic.OUTCOMES));
        settings.put(
                DeadLetters.OVERTAKING_TOPICS,
                Set.of(config.topics().of(Topic.COMMANDS), config.topics().of(Topic.OUTCOMES)));
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /** Interval of transactions while there is work. */
    static Duration commitInterval(SchedulerConfig config) {
        Object set = config.kafka().get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
        try {
            return Duration.ofMillis(set == null ? COMMIT_INTERVAL_MS : Long.parseLong(set.toString()));
        } catch (NumberFormatException e) {
            // Streams refuses the value with a message.
            return Duration.ofMillis(COMMIT_INTERVAL_MS);
        }
    }

    /**
     * The interval after which Streams commits by itself, if nobody asks it to ({@code CommitPacer}): longer, as a commit right after
     * another one waits for it to end, and shorter than a transaction may be open.
     */
    private static Object streamsInterval(Object set, Map<String, Object> settings) {
        Object timeout = settings.getOrDefault(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        try {
            long longest = Math.min(STREAMS_INTERVAL_MS, Long.parseLong(timeout.toString()) / 2);
            return Math.max(longest, Long.parseLong(set.toString()));
        } catch (NumberFormatException e) {
            return set; // Streams refuses the one or the other with a message.
        }
    }

    /** Warns of settings that Streams does not use; execution managers with the same settings may use them. */
    private static void warnOfUnused(Map<String, String> given, Map<String, Object> used) {
        given.forEach((key, value) -> {
            Object needed = BY_STREAMS.getOrDefault(key, String.valueOf(used.get(key)));
            if (!needed.equals(value)) {
                LOG.warn("kafka.{}={} is not used here: the scheduler needs {}", key, Secrets.mask(key, value), needed);
            }
        });
    }

    private static Map<String, Object> defaults(SchedulerConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        // An idle stream thread sleeps in poll; it must wake up for the next tick.
        settings.put(StreamsConfig.POLL_MS_CONFIG, config.tickInterval().toMillis());
        // The lanes need not be merged by time, and waiting for the quiet ones costs a tenth of the throughput.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // At a start two topics are read one after the other, and requests about the second wait on the connection
        // behind the last fetch of the first. A shorter wait would cost more while no records come.
        settings.put(StreamsConfig.globalConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 1_000);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        // After a kill -9, the next owner and readers wait until the broker has given up the open transaction.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        // After a kill -9 the same instance takes up its partitions at once, another one after the session timeout.
        settings.put(
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                InstanceId.of(config.stateDir(), config.stateDir().resolve(config.applicationId())));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        return settings;
    }

    private static Map<String, Object> fixed(SchedulerConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // With the other protocol Streams does not use the consumers of FencedClients.
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                config.topics().deadLetter());
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RefusedRecords.class);
        return settings;
    }
}
