package io.yardmaster.topology.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.ResultsPlace;
import io.yardmaster.testkafka.SharedKafka;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lag of the rows of results, by the offsets of the connectors' groups. */
@ExtendWith(SharedKafka.class)
class ResultsLagIT {
    private static TestKafka kafka;
    private static Admin admin;

    private final AtomicLong now = new AtomicLong(1_000_000);

    @BeforeAll
    static void use(TestKafka shared) {
        kafka = shared;
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void closeAdmin() {
        admin.close();
    }

    private static SchedulerConfig deployment(String name) throws Exception {
        String own = kafka.unique("results-lag-" + name);
        TestTopics.create(
                admin,
                List.of(
                        new NewTopic(own + ".outcomes", Optional.of(2), Optional.empty()),
                        new NewTopic(own + ".events", Optional.of(1), Optional.empty())));
        return SchedulerConfig.from(Map.of(
                "topic.prefix",
                own + ".",
                "kafka.application.id",
                own,
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "results.groups",
                "connect-%1$s,never-%1$s".formatted(own)));
    }

    private static void send(String topic, int partition, int records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topic, partition, null, new byte[1]))
                        .get();
            }
        }
    }

    private static void wrote(SchedulerConfig config, String topic, int partition, long offset, String metadata)
            throws Exception {
        admin.alterConsumerGroupOffsets(
                        "connect-" + config.applicationId(),
                        Map.of(
                                new TopicPartition(config.applicationId() + "." + topic, partition),
                                new OffsetAndMetadata(offset, metadata)))
                .all()
                .get();
    }

    private ResultsFigures look(ResultsLag lag, String topic) throws Exception {
        lag.check();
        return lag.of(topic);
    }

    @Test
    void theLagGrowsWhileTheConnectorIsAwayAndEndsWhenItIsBack() throws Exception {
        SchedulerConfig config = deployment("away");
        String outcomes = config.applicationId() + ".outcomes";
        ResultsLag lag =
                new ResultsLag(admin, new TakenPositions(admin, config, () -> PolicySnapshot.NONE), config, now::get);
        assertThat(look(lag, outcomes)).as("nobody has ever read").isEqualTo(ResultsFigures.NONE);

        send(outcomes, 0, 10);
        send(outcomes, 1, 5);
        wrote(config, "outcomes", 0, 10, "");
        wrote(config, "outcomes", 1, 5, "");
        assertThat(look(lag, outcomes)).isEqualTo(ResultsFigures.NONE);

        send(outcomes, 0, 7);
        send(outcomes, 1, 3);
        now.addAndGet(30_000);
        assertThat(look(lag, outcomes)).as("all that was there before").isEqualTo(new ResultsFigures(10, 0, 0));
        now.addAndGet(30_000);
        assertThat(look(lag, outcomes)).isEqualTo(new ResultsFigures(10, 30, 0));
        wrote(config, "outcomes", 0, 12, "");
        now.addAndGet(30_000);
        assertThat(look(lag, outcomes)).isEqualTo(new ResultsFigures(8, 60, 0));

        wrote(config, "outcomes", 0, 17, "");
        wrote(config, "outcomes", 1, 8, "");
        now.addAndGet(30_000);
        assertThat(look(lag, outcomes)).isEqualTo(ResultsFigures.NONE);
    }

    @Test
    void aBusyConnectorIsNotLate() throws Exception {
        SchedulerConfig config = deployment("busy");
        String outcomes = config.applicationId() + ".outcomes";
        ResultsLag lag =
                new ResultsLag(admin, new TakenPositions(admin, config, () -> PolicySnapshot.NONE), config, now::get);
        for (int round = 1; round < 5; round++) {
            send(outcomes, 0, 10);
            wrote(config, "outcomes", 0, round * 10L - 5, "");
            now.addAndGet(30_000);
            assertThat(look(lag, outcomes)).isEqualTo(new ResultsFigures(5, 0, 0));
        }
    }

    /** The last thing in the events topic is the marker of a transaction, which no connector reads. */
    @Test
    void markersAreNoLag() throws Exception {
        SchedulerConfig config = deployment("markers");
        String events = config.applicationId() + ".events";
        ResultsLag lag =
                new ResultsLag(admin, new TakenPositions(admin, config, () -> PolicySnapshot.NONE), config, now::get);
        send(events, 0, 20);
        wrote(config, "events", 0, 18, "");
        for (int round = 0; round < 3; round++) {
            now.addAndGet(30_000);
            assertThat(look(lag, events)).isEqualTo(new ResultsFigures(2, 0, 0));
        }
    }

    @Test
    void lostRecordsAreTheSumOfThePartitionsAsTheConnectorLeftThem() throws Exception {
        SchedulerConfig config = deployment("lost");
        String outcomes = config.applicationId() + ".outcomes";
        ResultsLag lag =
                new ResultsLag(admin, new TakenPositions(admin, config, () -> PolicySnapshot.NONE), config, now::get);
        wrote(config, "outcomes", 0, 0, ResultsPlace.metadata(7));
        wrote(config, "outcomes", 1, 0, ResultsPlace.metadata(5));
        assertThat(look(lag, outcomes)).isEqualTo(new ResultsFigures(0, 0, 12));
        wrote(config, "outcomes", 0, 0, ResultsPlace.metadata(0));
        assertThat(look(lag, outcomes)).isEqualTo(new ResultsFigures(0, 0, 5));
    }
}
