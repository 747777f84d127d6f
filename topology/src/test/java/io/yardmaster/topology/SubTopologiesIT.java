package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream task that has read nothing since it was opened, and sends from a punctuation, has its offsets committed with
 * what it sent (decision 13), although the stream task of the same number in another sub-topology has offsets of its
 * own.
 */
class SubTopologiesIT {
    @TempDir
    Path directory;

    /** Sends even if no record comes. */
    private static final class Sending extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            context.schedule(
                    Duration.ofMillis(50),
                    PunctuationType.WALL_CLOCK_TIME,
                    now -> context.forward(new Record<>(new byte[1], new byte[1], now)));
        }

        @Override
        public void process(Record<byte[], byte[]> record) {}
    }

    /** Discards all records. */
    private static final class Taking extends ContextualProcessor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }

    @Test
    void eachStreamTaskOfTheThreadIsFenced() throws Exception {
        try (TestKafka kafka = TestKafka.start(directory.resolve("kafka"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            String application = kafka.unique("sub-topologies");
            String busy = application + ".busy";
            String silent = application + ".silent";
            String out = application + ".out";
            TestTopics.create(
                    admin,
                    List.of(busy, silent, out).stream()
                            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                            .toList());
            admin.alterConsumerGroupOffsets(
                            application, Map.of(new TopicPartition(silent, 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
            Topology topology = new Topology();
            topology.addSource("busy", busy).addProcessor("taking", Taking::new, "busy");
            topology.addSource("silent", silent)
                    .addProcessor("sending", Sending::new, "silent")
                    .addSink("out", out, "sending");
            FencedClients clients = new FencedClients(
                    StreamTasks.of(topology, busy),
                    Set.of(),
                    new AssignmentPlacer("none"),
                    Observers.none(),
                    new DeadLetterReport("none", Meters.NONE, System::nanoTime));
            try (KafkaStreams streams = new KafkaStreams(topology, settings(kafka, application), clients)) {
                streams.start();
                await().atMost(Duration.ofMinutes(1)).until(() -> {
                    producer.send(new ProducerRecord<>(busy, new byte[1])).get();
                    return commits(kafka, application, busy).size() > 3;
                });
            }
            // The first commit is the one that the test itself made.
            assertThat(commits(kafka, application, silent).size() - 1L)
                    .isPositive()
                    .isGreaterThanOrEqualTo(transactions(kafka, out));
        }
    }

    private Properties settings(TestKafka kafka, String application) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                application,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                50,
                StreamsConfig.STATE_DIR_CONFIG,
                directory.resolve("state").toString(),
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
                "org.apache.kafka.common.serialization.Serdes$ByteArraySerde",
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                "org.apache.kafka.common.serialization.Serdes$ByteArraySerde"));
        return settings;
    }

    /** Returns the number of transactions that sent to partition 0 of the topic: each leaves one marker behind its records. */
    private static long transactions(TestKafka kafka, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            long records = 0;
            while (consumer.position(partition) < end) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
            return end - records;
        }
    }

    /** Positions in the broker's own topic at which the group has committed offsets of this topic. */
    private static Set<Long> commits(TestKafka kafka, String group, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = consumer.partitionsFor("__consumer_offsets").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<Long> commits = new HashSet<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (isCommit(record.key(), group, topic)) {
                        commits.add(record.offset());
                    }
                }
            }
            return commits;
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(TestKafka kafka) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "exclude.internal.topics",
                "false",
                "isolation.level",
                "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A key of version 0 or 1 is a group, a topic and a partition. */
    private static boolean isCommit(byte[] key, String group, String topic) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        return bytes.getShort() <= 1 && text(bytes).equals(group) && text(bytes).equals(topic);
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getShort()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
