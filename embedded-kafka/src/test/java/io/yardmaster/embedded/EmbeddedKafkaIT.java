package io.yardmaster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.yammer.metrics.core.Meter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    /** With many partitions, Kafka needs long enough to take them all from a broker. */
    private static final int PARTITIONS = 200;

    private static final int OPEN_TRANSACTIONS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path temp;

    @Test
    void committedRecordsAreReadAfterARestartOnTheSamePort() throws Exception {
        Path data = temp.resolve("not/yet/there");
        int port;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            port = kafka.port();
            createTopic(kafka, "letters");
            produceInTransaction(kafka, "letters", List.of("a", "b", "c"));
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, port)) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            produceInTransaction(kafka, "letters", List.of("d"));
            assertThat(consume(kafka, "letters", 4)).containsExactly("a", "b", "c", "d");
        }
    }

    @Test
    void noMeterComputesAveragesWhileNothingHappens() throws Exception {
        Field averages = Meter.class.getDeclaredField("future");
        averages.setAccessible(true);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp, 0)) {
            createTopic(kafka, "metered");
            produceInTransaction(kafka, "metered", List.of("a"));
            List<Meter> meters = KafkaYammerMetrics.defaultRegistry().allMetrics().values().stream()
                    .filter(Meter.class::isInstance)
                    .map(Meter.class::cast)
                    .toList();
            assertThat(meters).hasSizeGreaterThan(20);
            for (Meter meter : meters) {
                assertThat(((Future<?>) averages.get(meter)).isCancelled()).isTrue();
            }
            assertThat(meters).as("they go on counting").anyMatch(meter -> meter.count() > 0);
        }
    }

    @Test
    void twoBrokersInOneJvmShareNoTopics() throws Exception {
        try (EmbeddedKafka one = EmbeddedKafka.start(temp.resolve("one"), 0);
                EmbeddedKafka two = EmbeddedKafka.start(temp.resolve("two"), 0)) {
            createTopic(one, "only-in-one");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", two.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get()).isEmpty();
            }
        }
    }

    @Test
    void aDirectoryInUseIsRefusedAndItsBrokerGoesOn() throws Exception {
        Path data = temp.resolve("data");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(data, 0))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessage("data directory " + data + ": in use by another broker that is still running");
            createTopic(kafka, "still-works");
        }
    }

    @Test
    void aPortInUseIsNamedAndNothingIsCreated() throws IOException {
        Path data = temp.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedKafka.start(data, port))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("port " + port + ":")
                    .hasMessageNotContaining("\n");
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamedAndNothingIsCreated() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "text");
        assertThatThrownBy(() -> EmbeddedKafka.start(file.resolve("data"), 0))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessage("data directory " + file.resolve("data") + ": " + file + " is not a directory");
        assertThat(file).hasContent("text");
    }

    @Test
    void aDiskThatIsTooSmallIsNamedAndNothingIsCreated() throws Exception {
        assumeTrue(
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", temp.toString())
                                .start()
                                .waitFor()
                        == 0,
                "this user may not mount a file system");
        try {
            Path data = temp.resolve("data");
            assertThatThrownBy(() -> EmbeddedKafka.start(data, 0))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessage("data directory " + data + ": has room for 2 MB, and at least 64 are needed");
            assertThat(data).doesNotExist();
        } finally {
            new ProcessBuilder("umount", temp.toString()).start().waitFor();
        }
    }

    @Test
    void aDirectoryOfOtherFilesIsLeftAlone() throws IOException {
        Files.writeString(temp.resolve("thesis.tex"), "text");
        assertThatThrownBy(() -> EmbeddedKafka.start(temp, 0))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining("holds other files");
        assertThat(temp.toFile().list()).containsExactly("thesis.tex");
    }

    @Test
    void aFirstStartThatWasKilledWhileFormattingIsRepeated() throws Exception {
        Files.createFile(temp.resolve("yardmaster.lock"));
        Files.write(temp.resolve("bootstrap.checkpoint"), new byte[] {1, 2, 3});
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp, 0)) {
            createTopic(kafka, "works");
        }
    }

    /** Kafka forgets to end some of them if a broker starts while the killed one counts as the partitions' leader. */
    @Test
    void transactionsThatAKilledBrokerLeftOpenHoldUpNoReader() throws Exception {
        Path data = temp.resolve("data");
        List<KafkaProducer<String, String>> killed = new ArrayList<>();
        try (KillableBroker broker = KillableBroker.start(data)) {
            createTopic(broker.bootstrapServers(), "letters", PARTITIONS);
            for (int producer = 0; producer < OPEN_TRANSACTIONS; producer++) {
                killed.add(
                        leaveOpen(broker, "killed-" + producer, new ProducerRecord<>("letters", producer, "", "open")));
            }
        }
        killed.forEach(producer -> producer.close(Duration.ZERO));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0, KillableBroker.IMPATIENT)) {
            for (int partition = 0; partition < OPEN_TRANSACTIONS; partition++) {
                produceInTransaction(kafka, List.of(new ProducerRecord<>("letters", partition, "", "committed")));
            }
            assertThat(consume(kafka, "letters", OPEN_TRANSACTIONS)).containsOnly("committed");
        }
    }

    private static KafkaProducer<String, String> leaveOpen(
            KillableBroker broker, String transactionalId, ProducerRecord<String, String> record) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                transactionalId,
                "transaction.timeout.ms",
                1000);
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(record).get();
        return producer;
    }

    private static void createTopic(EmbeddedKafka kafka, String topic) throws Exception {
        createTopic(kafka.bootstrapServers(), topic, 1);
    }

    private static void createTopic(String bootstrapServers, String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void produceInTransaction(EmbeddedKafka kafka, String topic, List<String> values) {
        produceInTransaction(
                kafka,
                values.stream()
                        .map(value -> new ProducerRecord<String, String>(topic, value))
                        .toList());
    }

    private static void produceInTransaction(EmbeddedKafka kafka, List<ProducerRecord<String, String>> records) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "writer");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var sent = records.stream().map(producer::send).toList();
            assertThat(sent).hasSameSizeAs(records);
            producer.commitTransaction();
        }
    }

    private static List<String> consume(EmbeddedKafka kafka, String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "readers",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Instant end = Instant.now().plus(PATIENCE);
            // A poll that passed only markers returns nothing, and early.
            while (values.size() < count && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
        }
        assertThat(values).hasSizeGreaterThanOrEqualTo(count);
        return values;
    }
}
