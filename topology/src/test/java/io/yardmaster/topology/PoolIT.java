package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.pooled;
import static io.yardmaster.topology.SubmittedGraph.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.pools.PoolKeeper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Pools on a real broker: their topics, groups, windows and pauses, over two shards and two instances. */
class PoolIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int WINDOW = 6;

    private static void pool(TestDeployment deployment, String pool, boolean paused) {
        deployment.policy(
                "pool/" + pool,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setReason("a test")
                        .setFields(List.of("paused"))
                        .setWindow((long) WINDOW)
                        .setPaused(paused)
                        .build());
    }

    private static void submit(TestDeployment deployment, int shard, long job, Stage... stages) {
        deployment.send(Topic.GRAPHS, shard, job, SubmittedGraph.of(job, stages));
    }

    private static String topic(TestDeployment deployment, String pool) {
        return TopicNames.ofPool(deployment.topic(Topic.DISPATCH), pool);
    }

    private static String group(TestDeployment deployment, String pool) {
        return TopicNames.ofPool(deployment.group(), pool);
    }

    private static KafkaConsumer<Long, TaskAssignment> fleet(TestDeployment deployment, String pool) {
        KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(group(deployment, pool), Map.of());
        fleet.subscribe(List.of(topic(deployment, pool)));
        return fleet;
    }

    /** Works until so many tasks are done, and checks that each comes once. */
    private static void work(
            TestDeployment deployment,
            KafkaConsumer<Long, TaskAssignment> fleet,
            Set<String> done,
            int until,
            boolean tells) {
        await().atMost(LONG).pollInterval(POLL).until(() -> {
            int[] size = {0};
            fleet.poll(POLL).forEach(record -> {
                TaskAssignment task = record.value();
                assertThat(done.add(task.getPool() + " " + task.getJobId() + "." + task.getTaskIndex()))
                        .isTrue();
                size[0]++;
                if (tells) {
                    deployment.outcome(
                            (int) task.getJobId() % 2, SchedulerDriver.outcomeOf(task, TaskResult.SUCCEEDED, ""));
                }
            });
            assertThat(size[0]).as("tasks that were out at once").isLessThanOrEqualTo(WINDOW);
            fleet.commitSync();
            return done.size() >= until;
        });
    }

    /** The policy is in force, and the pools can be used, on all instances. */
    private static void awaitPools(List<SchedulerService> services, String... pools) {
        await().atMost(LONG).until(() -> services.stream()
                .allMatch(service ->
                        service.queries().orElseThrow().policy().pools().equals(Set.of(pools))));
    }

    @Test
    void L9_poolsGoOnWhileAnotherIsPausedAndOneIsRemoved() throws Exception {
        try (TestDeployment deployment = newDeployment("pools")) {
            deployment.createTopics(2, 3);
            pool(deployment, "gpu", false);
            pool(deployment, "tape", true);
            List<SchedulerService> services = List.of(deployment.start("one"), deployment.start("two"));
            awaitPools(services, "gpu", "tape");
            for (int shard = 0; shard < 2; shard++) {
                submit(deployment, shard, 10 + shard, pooled("a", 20, "gpu"), pooled("b", 10, "tape"), stage("c", 5));
            }
            Set<String> done = new TreeSet<>();
            try (KafkaConsumer<Long, TaskAssignment> ofDefault = fleet(deployment, "");
                    KafkaConsumer<Long, TaskAssignment> ofGpu = fleet(deployment, "gpu");
                    KafkaConsumer<Long, TaskAssignment> ofTape = fleet(deployment, "tape")) {
                // The first has outcomes, the second has none: its commits move the window.
                work(deployment, ofDefault, done, 10, true);
                work(deployment, ofGpu, done, 50, false);
                assertThat(done).noneMatch(task -> task.startsWith("tape"));
                assertThat(ofTape.poll(POLL).isEmpty()).isTrue();
                assertThat(deployment
                                .admin()
                                .describeTopics(List.of(topic(deployment, "tape")))
                                .allTopicNames()
                                .get()
                                .get(topic(deployment, "tape"))
                                .partitions())
                        .as("made like the dispatch topic")
                        .hasSize(3);

                deployment.policy("pool/tape", null);
                awaitPools(services, "gpu");
                submit(deployment, 0, 20, pooled("a", 10, "gpu"));
                work(deployment, ofGpu, done, 60, true);
                services.get(0).close();
                pool(deployment, "tape", false);
                work(deployment, ofTape, done, 80, true);
            }
            assertThat(done).hasSize(80);
        }
    }

    @Test
    void O3_aGroupOfAPoolThatHasLostItsOffsetsIsGivenThemBack() throws Exception {
        try (TestDeployment deployment = newDeployment("pool-offsets")) {
            deployment.createTopics(1, 1);
            pool(deployment, "gpu", false);
            SchedulerService service = deployment.start("one");
            awaitPools(List.of(service), "gpu");
            String group = group(deployment, "gpu");
            TopicPartition partition = new TopicPartition(topic(deployment, "gpu"), 0);
            await().atMost(LONG).until(() -> offset(deployment, group, partition) >= 0);
            submit(deployment, 0, 10, pooled("a", 4, "gpu"));
            Set<String> done = new TreeSet<>();
            try (KafkaConsumer<Long, TaskAssignment> fleet = fleet(deployment, "gpu")) {
                work(deployment, fleet, done, 4, true);
            }
            long taken = offset(deployment, group, partition);
            assertThat(taken).isPositive();
            // The scheduler stores the group's position some time after it got there.
            await().atMost(LONG).until(() -> deployment.storedFloor("gpu") == taken);
            deployment.admin().deleteConsumerGroups(List.of(group)).all().get();
            await().atMost(LONG).until(() -> offset(deployment, group, partition) >= 0);
            assertThat(offset(deployment, group, partition)).isEqualTo(taken);
            // Counted when the broker has answered, which has them before.
            await().atMost(LONG).until(() -> service.status().orElseThrow().restoredOffsets() == 1);
            service.close();

            deployment.admin().deleteConsumerGroups(List.of(group)).all().get();
            SchedulerService next = startBehindAMember(deployment);
            await().atMost(LONG).until(() -> next.status().orElseThrow().restoredOffsets() == 1);
            await().atMost(LONG).until(() -> next.status().orElseThrow().lostOffsets() == 0);
            assertThat(offset(deployment, group, partition)).isEqualTo(taken);
        }
    }

    /** Starts an instance while the group has a member and no offsets; the member leaves when that is told. */
    private static SchedulerService startBehindAMember(TestDeployment deployment) {
        try (KafkaConsumer<Long, TaskAssignment> member = fleet(deployment, "gpu")) {
            await().atMost(LONG).until(() -> !member.poll(POLL).isEmpty());
            SchedulerService next = deployment.start("one");
            await().atMost(LONG).until(() -> {
                member.poll(POLL);
                return next.status().orElseThrow().lostOffsets() == 1;
            });
            return next;
        }
    }

    @Test
    void aTopicOfAPoolThatMayLoseRecordsOrGetsMorePartitionsIsNamed() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(PoolKeeper.class);
        log.start();
        logger.addAppender(log);
        try (TestDeployment deployment = newDeployment("pool-losses")) {
            deployment.createTopics(1, 1);
            String topic = topic(deployment, "gpu");
            TestTopics.create(
                    deployment.admin(),
                    List.of(new NewTopic(topic, 1, (short) 1)
                            .configs(Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "604800000"))));
            pool(deployment, "gpu", false);
            deployment.start("one");
            await().atMost(LONG).untilAsserted(() -> assertThat(warnings(log, topic))
                    .containsExactly(
                            "topic %s may lose records that nobody has taken yet: it has retention.ms=604800000 (kafka-configs.sh --alter --topic %s --add-config retention.ms=-1 mends it)"
                                    .formatted(topic, topic)));

            deployment
                    .admin()
                    .createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            await().atMost(LONG).untilAsserted(() -> assertThat(warnings(log, topic))
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith(
                            "topic %s has 3 partition(s) now, and had 1 when this instance began".formatted(topic)));
        } finally {
            logger.detachAppender(log);
        }
    }

    /** The warnings that name a topic. */
    private static List<String> warnings(ListAppender<ILoggingEvent> log, String topic) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(topic))
                .toList();
    }

    private static long offset(TestDeployment deployment, String group, TopicPartition partition) throws Exception {
        OffsetAndMetadata found = deployment
                .admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition);
        return found == null ? -1 : found.offset();
    }
}
