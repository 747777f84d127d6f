package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window where the execution managers are a share group (KIP-932). */
class ShareGroupWindowIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(90);

    private static TestDeployment deployment(String name, int capacity, int shards, int dispatch) throws Exception {
        TestDeployment deployment = newDeployment(name)
                .set("dispatch.group.type", "share")
                .set("dispatch.capacity", capacity)
                .createTopics(shards, dispatch);
        List<AlterConfigOp> changes = List.of(
                new AlterConfigOp(new ConfigEntry("share.isolation.level", "read_committed"), AlterConfigOp.OpType.SET),
                new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET),
                // No lock runs out while a test goes on.
                new AlterConfigOp(new ConfigEntry("share.record.lock.duration.ms", "60000"), AlterConfigOp.OpType.SET));
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, deployment.group());
        deployment.admin().incrementalAlterConfigs(Map.of(group, changes)).all().get();
        return deployment;
    }

    private static void take(KafkaShareConsumer<Long, TaskAssignment> fleet, List<TaskAssignment> taken) {
        for (ConsumerRecord<Long, TaskAssignment> record : fleet.poll(Duration.ofMillis(20))) {
            taken.add(record.value());
            fleet.acknowledge(record, AcknowledgeType.ACCEPT);
        }
        fleet.commitSync();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 2, 3"})
    void S12_everyTaskArrivesOnceThroughANarrowWindow(int capacity, int shards, int dispatch) throws Exception {
        try (TestDeployment deployment = deployment("narrow-" + capacity, capacity, shards, dispatch)) {
            deployment.start("state");
            for (int job = 0; job < 4; job++) {
                deployment.ready(job % shards, 1, job, 0, 0, 10);
            }
            List<TaskAssignment> taken = new ArrayList<>();
            try (KafkaShareConsumer<Long, TaskAssignment> fleet = deployment.shareConsumer()) {
                fleet.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
                await().atMost(LONG).until(() -> {
                    take(fleet, taken);
                    return taken.size() >= 40;
                });
            }
            assertThat(taken).extracting(TaskAssignment::getAssignmentId).doesNotHaveDuplicates();
            assertThat(taken)
                    .extracting(task -> List.of(task.getJobId(), task.getTaskIndex()))
                    .doesNotHaveDuplicates()
                    .hasSize(40);
        }
    }

    @Test
    void S12_noMoreThanTheCapacityIsOutstandingBeforeTheFleetTakesAny() throws Exception {
        try (TestDeployment deployment = deployment("full", 6, 1, 2);
                MeasuringReader reader = new MeasuringReader(deployment)) {
            deployment.start("state");
            deployment.ready(0, 1, 1, 0, 0, 50);
            await().atMost(LONG).until(() -> reader.count() == 6);
            await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> reader.count() == 6);
        }
    }

    @Test
    void S12_assignmentsTakenBehindASlowOneMakeRoom() throws Exception {
        try (TestDeployment deployment = deployment("slow", 4, 1, 1)) {
            deployment.start("state");
            deployment.ready(0, 1, 1, 0, 0, 30);
            List<TaskAssignment> taken = new ArrayList<>();
            try (KafkaShareConsumer<Long, TaskAssignment> slow = deployment.shareConsumer();
                    KafkaShareConsumer<Long, TaskAssignment> quick = deployment.shareConsumer()) {
                slow.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
                await().atMost(LONG).until(() -> {
                    slow.poll(Duration.ofMillis(100)).forEach(record -> taken.add(record.value()));
                    return !taken.isEmpty();
                });
                quick.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
                await().atMost(LONG).until(() -> {
                    take(quick, taken);
                    return taken.size() >= 30;
                });
            }
            assertThat(taken).extracting(TaskAssignment::getTaskIndex).doesNotHaveDuplicates();
        }
    }

    @Test
    void tooFewDispatchPartitionsAreRefusedByName() throws Exception {
        try (TestDeployment deployment = deployment("few", 4, 4, 3)) {
            assertThatThrownBy(() -> deployment.start("state"))
                    .isInstanceOf(SchedulerException.class)
                    .hasMessage("dispatch.group.type=share: topic few.dispatch has 3 partitions,"
                            + " must have at least as many as each lane, 4");
        }
    }
}
