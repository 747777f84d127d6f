package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.testkafka.SharedKafka;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ended assignments and readings of a topic on a broker; an assignment's value is its id. */
@ExtendWith(SharedKafka.class)
class EndedAssignmentsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SHARD = 0;

    private static TestKafka kafka;
    private static Admin admin;

    private final DispatchWindow window = new DispatchWindow(1, System::nanoTime);
    private final String topic;
    private final String group;
    private final TopicPartition partition;
    private final AssignmentPlacer placer;
    private KafkaProducer<byte[], byte[]> producer;
    private ConsumerGroupSource source;

    EndedAssignmentsIT(TestInfo test) {
        topic = kafka.unique(test.getTestMethod().orElseThrow().getName());
        group = topic + "-fleet";
        partition = new TopicPartition(topic, 0);
        placer = new AssignmentPlacer(topic);
    }

    @BeforeAll
    static void use(TestKafka shared) {
        kafka = shared;
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void closeAdmin() {
        admin.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        TestTopics.create(admin, List.of(new NewTopic(topic, 1, (short) 1)));
        Map<String, Object> connection = Map.of("bootstrap.servers", kafka.bootstrapServers());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        AssignmentReader reader =
                new AssignmentReader(connection, value -> ByteBuffer.wrap(value).getLong(), id -> SHARD, 1_000);
        source = new ConsumerGroupSource(
                new KafkaDispatchLog(admin, reader, topic, 1, group),
                topic,
                window,
                new LostOffsets(null, group, window, System::nanoTime));
    }

    @AfterEach
    void close() {
        producer.close(Duration.ZERO);
        source.close();
    }

    /** Sends assignments with these ids in a transaction and waits for the acknowledgements. */
    private void send(ShardWindow shard, long... ids) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sending = new ArrayList<>();
        for (long id : ids) {
            byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, value);
            record.headers().add(shard.stamp(Epoch.HEADER, Epoch.encode(0), id, ShardWindow.NO_PARTITION));
            AssignmentPlacer.Placed placed = placer.place(record).orElseThrow();
            sending.add(producer.send(placed.record(), placed.counting((metadata, failure) -> {})));
        }
        producer.flush();
        assertThat(sending).allMatch(Future::isDone);
    }

    private ShardWindow open() {
        return window.open(SHARD);
    }

    private void awaitCount(ShardWindow shard, int count) {
        await().atMost(LONG)
                .ignoreExceptionsMatching(e -> !(e instanceof InterruptedException))
                .untilAsserted(() -> {
                    source.refresh();
                    assertThat(shard.isKnown()).isTrue();
                    assertThat(shard.countOutstanding()).isEqualTo(count);
                });
    }

    @Test
    void S12_O1_assignmentsThatEndedBehindALongOneStayOutOfTheCountAfterAFailover() throws Exception {
        ShardWindow shard = open();
        awaitCount(shard, 0);
        send(shard, 1, 2, 3, 4, 5, 6);
        producer.commitTransaction();
        for (long id : List.of(5L, 2L, 4L)) {
            assertThat(shard.ended(id)).isZero();
        }
        awaitCount(shard, 3);

        shard.close();
        ShardWindow next = open();
        awaitCount(next, 6);
        next.dropEnded(Set.of(2L, 4L, 5L)::contains);
        awaitCount(next, 3);
        assertThat(next.ended(6)).isZero();
        awaitCount(next, 2);

        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(2)))
                .all()
                .get();
        awaitCount(next, 1);
        // Back to the first one: all that was committed and has not ended counts again.
        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(0)))
                .all()
                .get();
        awaitCount(next, 6);
        next.dropEnded(Set.of(2L, 4L, 5L, 6L)::contains);
        awaitCount(next, 2);
    }

    @Test
    void O1_anIdThatIsGivenAgainAfterAnAbortCountsAndEndsOnce() {
        ShardWindow shard = open();
        awaitCount(shard, 0);
        send(shard, 1, 2);
        producer.commitTransaction();
        send(shard, 3, 4);
        producer.abortTransaction();
        ShardWindow reopened = open();
        awaitCount(reopened, 2);
        send(reopened, 3, 4, 5);
        producer.commitTransaction();
        assertThat(reopened.ended(3)).isZero();
        assertThat(reopened.ended(3)).isEqualTo(ShardWindow.NO_PARTITION);
        awaitCount(reopened, 4);
        reopened.dropEnded(Set.of(1L, 3L)::contains);
        awaitCount(reopened, 3);
    }
}
