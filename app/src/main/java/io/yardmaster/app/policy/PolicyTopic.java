package io.yardmaster.app.policy;

import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.InvalidPolicyException;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicyRecords;
import io.yardmaster.topology.policy.PolicyRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;

/** Reads and writes the policy topic. */
public final class PolicyTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final String ready;
    private final Map<String, String> kafka;
    private final Serde<PolicyEntry> serde;

    public PolicyTopic(SchedulerConfig config) {
        topic = config.topics().of(Topic.POLICY);
        ready = config.topics().of(Topic.READY);
        kafka = config.kafka();
        serde = ValueSerdes.of(Topic.POLICY, config.serde());
    }

    /**
     * The entries that the topic has now.
     *
     * @param problems takes a sentence for each entry or field that this version does not understand, and that is left out
     * @throws KafkaException if the topic cannot be read within half a minute
     */
    public SortedMap<PolicyKey, PolicyRow> read(Consumer<String> problems) {
        SortedMap<PolicyKey, PolicyRow> rows = new TreeMap<>();
        records().forEach((key, record) -> {
            try {
                PolicyKey known = PolicyKey.parse(key);
                PolicyEntry entry = serde.deserializer().deserialize(topic, record);
                rows.put(known, PolicyRecords.read(known, entry, problems));
            } catch (InvalidPolicyException e) {
                problems.accept(e.getMessage() + "; the entry is ignored");
            } catch (UnreadableRecordException e) {
                problems.accept(key + ": cannot be read and is ignored: " + e.getMessage());
            }
        });
        return rows;
    }

    /** The number of shards of the deployment; 1 if this client may not know. */
    public int shards() {
        Map<String, Object> settings = KafkaClients.reader(kafka);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            return Math.max(1, consumer.partitionsFor(ready).size());
        } catch (TopicAuthorizationException e) {
            return 1;
        }
    }

    private SortedMap<String, byte[]> records() {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        SortedMap<String, byte[]> latest = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(KafkaClients.reader(kafka), bytes, bytes)) {
            TopicPartition all = new TopicPartition(topic, 0);
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            long end = consumer.endOffsets(List.of(all)).get(all);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(all) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw new KafkaException(topic + " cannot be read within " + PATIENCE.toSeconds() + " s");
                }
                consumer.poll(POLL).forEach(record -> put(latest, record));
            }
        }
        return latest;
    }

    private static void put(SortedMap<String, byte[]> latest, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            latest.remove(key);
        } else if (latest.containsKey(key) || latest.size() < LivePolicies.MOST_ENTRIES) {
            latest.put(key, record.value());
        }
    }

    /**
     * Makes changes, one record each, and returns when the topic has them all.
     *
     * @param atMs the time to write into the entries
     * @throws KafkaException if one cannot be written; those before it were
     */
    public void write(List<PolicyChange> changes, String by, String reason, long atMs) throws InterruptedException {
        Map<String, Object> settings = KafkaClients.producer(kafka);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
            for (PolicyChange change : changes) {
                PolicyRow row = new PolicyRow(change.key(), change.after(), by, reason, atMs);
                byte[] value =
                        change.withdraws() ? null : serde.serializer().serialize(topic, PolicyRecords.write(row));
                producer.send(new ProducerRecord<>(
                                topic, 0, change.key().toString().getBytes(StandardCharsets.UTF_8), value))
                        .get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot write to " + topic + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        serde.close();
    }
}
