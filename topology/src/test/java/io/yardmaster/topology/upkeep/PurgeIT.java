package io.yardmaster.topology.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.testkafka.SharedKafka;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicyKind;
import io.yardmaster.topology.policy.PolicyRow;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedKafka.class)
class PurgeIT {
    private static final long NOW = Duration.ofDays(20_000).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private static final String POOL = "dispatch.gpu";

    private static TestKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void use(TestKafka shared) {
        kafka = shared;
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void closeAdmin() {
        admin.close();
    }

    /** Topics with ten records in the ready lane and the dispatch topics, a day apart, the last of them now. */
    private static SchedulerConfig deployment(String name, String... more) throws Exception {
        String own = kafka.unique("purge-" + name);
        Map<String, String> settings = new HashMap<>(
                Map.of("topic.prefix", own + ".", "kafka.application.id", own, "dispatch.group", own + "-fleet"));
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        List<String> names = Stream.of("ready", "commit", "cleanup", "dispatch", POOL)
                .map(topic -> own + "." + topic)
                .toList();
        TestTopics.create(
                admin,
                names.stream()
                        .map(topic -> new NewTopic(topic, Optional.of(topic.endsWith(POOL) ? 2 : 1), Optional.empty())
                                .configs(Map.of("retention.ms", "-1")))
                        .toList());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0, "batch.size", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String topic : List.of(names.get(0), names.get(3), names.get(4))) {
                for (int i = 0; i < 10; i++) {
                    producer.send(new ProducerRecord<>(topic, 0, NOW - (9 - i) * DAY, null, new byte[1]))
                            .get();
                }
            }
        }
        return SchedulerConfig.from(settings);
    }

    private static TopicPartition partition(SchedulerConfig config, String topic) {
        return new TopicPartition(config.applicationId() + "." + topic, 0);
    }

    private static void commit(String group, TopicPartition partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private static void purge(SchedulerConfig config) throws Exception {
        purge(config, PolicySnapshot.NONE);
    }

    /** A policy that has the pool, by hosts or not. */
    private static PolicySnapshot policy(boolean byHosts) {
        LivePolicy live = new LivePolicy(Map.of(), Map.of(LimitKeys.ofPool("gpu"), 8L));
        Map<String, Object> fields = byHosts ? Map.of(PolicyKind.PLACEMENT, PolicyKind.HOSTS) : Map.of();
        PolicyRow row = new PolicyRow(PolicyKey.parse("pool/gpu"), new TreeMap<>(fields), "ann", "", 0);
        return new PolicySnapshot(live, List.of(row), List.of());
    }

    private static void purge(SchedulerConfig config, PolicySnapshot policy) throws Exception {
        TakenPositions positions = new TakenPositions(admin, config, () -> policy);
        Map<TopicPartition, Long> taken = positions.taken();
        new Purge(admin, positions, config.keepTaken().orElseThrow(), () -> NOW)
                .run(taken, positions.offsets(taken.keySet(), OffsetSpec.earliest()));
    }

    private static long beginning(TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    @Test
    void takenRecordsGoWhenTheyAreOldEnoughAndOthersStay() throws Exception {
        SchedulerConfig config = deployment("old", "keep.taken", "3d");
        commit(config.applicationId(), partition(config, "ready"), 4);
        commit(config.dispatchGroup(), partition(config, "dispatch"), 10);
        purge(config);
        assertThat(beginning(partition(config, "ready"))).isEqualTo(4);
        assertThat(beginning(partition(config, "dispatch"))).isEqualTo(6);
    }

    @Test
    void recordsNotTakenStayHoweverOldTheyAre() throws Exception {
        SchedulerConfig config = deployment("nobody", "keep.taken", "0s");
        purge(config);
        assertThat(beginning(partition(config, "ready"))).isZero();
        assertThat(beginning(partition(config, "dispatch"))).isZero();
        commit(config.dispatchGroup(), partition(config, "dispatch"), 7);
        purge(config);
        assertThat(beginning(partition(config, "ready"))).isZero();
        assertThat(beginning(partition(config, "dispatch"))).isEqualTo(7);
    }

    @Test
    void aShareGroupKeepsWhatItHasNotFinished() throws Exception {
        SchedulerConfig config = deployment("shared", "keep.taken", "0s", "dispatch.group.type", "share");
        purge(config);
        assertThat(beginning(partition(config, "dispatch"))).isZero();
        admin.alterShareGroupOffsets(config.dispatchGroup(), Map.of(partition(config, "dispatch"), 5L))
                .all()
                .get();
        purge(config);
        assertThat(beginning(partition(config, "dispatch"))).isEqualTo(5);
    }

    @Test
    void assignmentsToHostsGoUpToWhereTheSchedulerSaysAndThoseThatAGroupHasNotTakenStay() throws Exception {
        SchedulerConfig config = deployment("hosts", "keep.taken", "0s");
        String group = config.dispatchGroup() + ".gpu";
        commit(config.applicationId(), partition(config, POOL), 6);
        purge(config, policy(false));
        assertThat(beginning(partition(config, POOL))).as("of a group").isZero();
        TopicPartition other = new TopicPartition(partition(config, POOL).topic(), 1);
        commit(group, other, 0);
        purge(config, policy(true));
        assertThat(beginning(partition(config, POOL)))
                .as("of hosts, after a group that has not begun here")
                .isZero();
        commit(group, partition(config, POOL), 4);
        purge(config, policy(true));
        assertThat(beginning(partition(config, POOL)))
                .as("of hosts, after a group that has not taken all")
                .isEqualTo(4);
        commit(group, partition(config, POOL), 9);
        purge(config, policy(true));
        assertThat(beginning(partition(config, POOL))).as("of hosts").isEqualTo(6);
    }

    @Test
    void assignmentsToHostsStayWhileTheSchedulerSaysNothing() throws Exception {
        SchedulerConfig config = deployment("silent", "keep.taken", "0s");
        commit(config.dispatchGroup() + ".gpu", partition(config, POOL), 9);
        purge(config, policy(true));
        assertThat(beginning(partition(config, POOL))).isZero();
    }
}
