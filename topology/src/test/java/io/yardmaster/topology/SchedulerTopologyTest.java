package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.window.DispatchWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class SchedulerTopologyTest {

    @Test
    void descriptionIsTheGoldenCopy() throws IOException {
        String actual = SchedulerService.describe(SchedulerConfig.from(Map.of()));
        try (InputStream golden = getClass().getResourceAsStream("/topology.txt")) {
            assertThat(actual).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aDeploymentWithoutTopicsOfHostsHasNothingOfPlacement() {
        SchedulerConfig config = SchedulerConfig.from(Map.of("schema.registry.url", "mock://none"));
        String with = SchedulerService.describe(config);
        String without = SchedulerTopology.build(
                        config,
                        1,
                        new DispatchWindow(1, System::nanoTime),
                        Observers.none(),
                        LivePolicies.of(config, 1),
                        Optional.empty())
                .describe()
                .toString();
        assertThat(without).doesNotContain("offers", "hosts", "placement", "Sub-topology: 4");
        assertThat(without.lines().toList())
                .isEqualTo(with.substring(0, with.indexOf("  Sub-topology: 4"))
                        .replace(", offers-written", "")
                        .replace("    Sink: offers-written (topic: yardmaster.offers)\n      <-- scheduler\n", "")
                        .lines()
                        .toList());
    }

    /** {@link StateOrigin} and {@link AgedState} look after no other local state. */
    @Test
    void noStoreIsOnDiskButTheShards() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            assertThat(scheduler.storesOnDisk()).containsExactly(Names.STATE_STORE);
        }
    }

    @Test
    void S1_everyLaneReachesTheScheduler() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 0, 0, 4);
            scheduler.commit(2, 0);
            scheduler.cleanup(3, 0, true);
            assertThat(scheduler.tick())
                    .extracting(TaskAssignment::getJobId, TaskAssignment::getKind, TaskAssignment::getTaskIndex)
                    .containsExactly(
                            tuple(2L, TaskKind.COMMIT, -1),
                            tuple(3L, TaskKind.CLEANUP, -1),
                            tuple(1L, TaskKind.TASK, 4));
        }
    }

    @Test
    void S2_nothingIsDispatchedBeforeTheTick() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 0, 0, 0, 1, 2);
            assertThat(scheduler.dispatched().isEmpty()).isTrue();
            assertThat(scheduler.tick()).hasSize(3);
        }
    }

    @Test
    void S3_jobsTakeTurnsAndTheCursorSurvivesTicks() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 0, 0, 0, 1);
            scheduler.ready(2, 0, 0, 0, 1);
            scheduler.ready(3, 0, 0, 0, 1);
            scheduler.available = 2;
            assertThat(jobs(scheduler.tick())).containsExactly(1L, 2L);
            assertThat(jobs(scheduler.tick())).containsExactly(3L, 1L);
            assertThat(jobs(scheduler.tick())).containsExactly(2L, 3L);
        }
    }

    @Test
    void S4_jobsBeyondThePoolWait() {
        try (SchedulerDriver scheduler = new SchedulerDriver("active.jobs", "1")) {
            scheduler.ready(1, 0, 0, 0, 1);
            scheduler.ready(2, 0, 0, 0, 1);
            assertThat(jobs(scheduler.tick())).containsExactly(1L, 1L, 2L, 2L);
        }
    }

    @Test
    void S5_jobThatIsRefilledBeforeItsTurnKeepsItsPlace() {
        try (SchedulerDriver scheduler = new SchedulerDriver("active.jobs", "2")) {
            scheduler.ready(1, 0, 0, 0);
            scheduler.ready(2, 0, 0, 0, 1);
            scheduler.ready(3, 0, 0, 0);
            scheduler.available = 2;
            assertThat(jobs(scheduler.tick())).containsExactly(1L, 2L);
            scheduler.ready(1, 0, 0, 1);
            assertThat(jobs(scheduler.tick())).containsExactly(1L, 2L);
            assertThat(jobs(scheduler.tick())).containsExactly(3L);
        }
    }

    @Test
    void S6_retirementCostsNobodyATurn() {
        try (SchedulerDriver scheduler = new SchedulerDriver("active.jobs", "3")) {
            scheduler.ready(1, 0, 0, 0);
            scheduler.ready(2, 0, 0, 0, 1);
            scheduler.ready(3, 0, 0, 0, 1);
            scheduler.ready(4, 0, 0, 0, 1);
            assertThat(jobs(scheduler.tick())).containsExactly(1L, 2L, 3L, 2L, 3L, 4L, 4L);
        }
    }

    @Test
    void S7_S13_duplicatesAreDroppedAndRetriesGetNewIds() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 0, 0, 0, 0);
            scheduler.ready(1, 0, 0, 0);
            List<TaskAssignment> first = scheduler.tick();
            scheduler.ready(1, 0, 1, 0);
            scheduler.ready(1, 0, 1, 0);
            List<TaskAssignment> second = scheduler.tick();
            assertThat(first).hasSize(1);
            assertThat(second).extracting(TaskAssignment::getAttempt).containsExactly(1);
            assertThat(second.get(0).getAssignmentId())
                    .isNotEqualTo(first.get(0).getAssignmentId());
        }
    }

    @Test
    void S8_S9_finalizingDiscardsAndItsGateIsLifted() {
        try (SchedulerDriver scheduler = new SchedulerDriver("finalizing.expiry", "10m")) {
            scheduler.ready(1, 0, 0, 0, 1, 2);
            scheduler.commit(1, 0);
            assertThat(scheduler.tick()).extracting(TaskAssignment::getKind).containsExactly(TaskKind.COMMIT);
            scheduler.ready(1, 0, 0, 3);
            assertThat(scheduler.tick()).isEmpty();
            scheduler.pass(Duration.ofMinutes(11));
            scheduler.ready(1, 0, 0, 3);
            assertThat(scheduler.tick())
                    .extracting(TaskAssignment::getTaskIndex)
                    .containsExactly(3);
        }
    }

    @Test
    void S10_anEndedJobDispatchesNothing() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 0, 0, 0, 1);
            scheduler.cleanup(1, 0, false);
            scheduler.ready(1, 0, 0, 2);
            assertThat(scheduler.tick()).isEmpty();
        }
    }

    @Test
    void S11_newerSessionIsPublished() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 5, 0, 0);
            scheduler.ready(2, 4, 0, 0);
            scheduler.tick();
            TestRecord<byte[], byte[]> session =
                    scheduler.output(TopicNames.defaults().of(Topic.SESSIONS)).readRecord();
            assertThat(session.key()).isEqualTo("session".getBytes(StandardCharsets.UTF_8));
            assertThat(Epoch.read(session.headers())).hasValue(5);
        }
    }

    /** Execution managers have heard of the higher one, and end what they have of the lower one. */
    @Test
    void S11_aShardFollowsTheHighestSessionAlsoIfALowerOneIsPublishedLater() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 2, 0, 0);
            scheduler.session(4);
            scheduler.session(2);
            assertThat(scheduler.tick()).isEmpty();
            TestRecord<byte[], byte[]> session =
                    scheduler.output(TopicNames.defaults().of(Topic.SESSIONS)).readRecord();
            assertThat(Epoch.read(session.headers())).hasValue(4);
        }
    }

    @Test
    void S11_eventsOfALowerSessionAreDroppedAndCounted() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 2, 0, 0);
            scheduler.ready(2, 1, 0, 0, 1, 2);
            scheduler.commit(3, 1);
            scheduler.ready(1, 2, 0, 0);
            assertThat(jobs(scheduler.tick())).containsExactly(1L);
            assertThat(scheduler.dropped(EventDropReason.OLD_SESSION)).isEqualTo(4);
            assertThat(scheduler.dropped(EventDropReason.DUPLICATE)).isEqualTo(1);
        }
    }

    @Test
    void S11_headerAndValueAreOfTheSameSession() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 4, 0, 0);
            scheduler.ready(2, 5, 0, 0);
            scheduler.pass(Duration.ofSeconds(1));
            TestRecord<Long, TaskAssignment> record = scheduler.dispatched().readRecord();
            assertThat(record.key()).isEqualTo(2);
            assertThat(record.value().getSessionId()).isEqualTo(5);
            assertThat(Epoch.read(record.headers())).hasValue(5);
            assertThat(scheduler.dispatched().isEmpty()).isTrue();
        }
    }

    @Test
    void S12_tasksWaitWhileTheWindowIsFull() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 0, 0, 0, 1, 2);
            scheduler.available = 0;
            assertThat(scheduler.tick()).isEmpty();
            scheduler.available = 1;
            assertThat(scheduler.tick()).hasSize(1);
            scheduler.available = 5;
            assertThat(scheduler.tick()).hasSize(2);
        }
    }

    @Test
    void S15_resourceGroupsTakeTurns() {
        try (SchedulerDriver scheduler = new SchedulerDriver("fairness", "resource-group")) {
            for (long job = 1; job <= 3; job++) {
                scheduler.ready(job, 0, 0, 0, 1);
            }
            scheduler.send(Topic.READY, 9, new TaskReady(8L, 9L, 0L, List.of(0, 1, 2), 0));
            assertThat(jobs(scheduler.tick()).subList(0, 6)).containsExactly(1L, 9L, 2L, 9L, 3L, 9L);
        }
    }

    private static List<Long> jobs(List<TaskAssignment> assignments) {
        return assignments.stream().map(TaskAssignment::getJobId).toList();
    }
}
