package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskKind;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Broker.class)
class KillIT {
    private static final long JOB = -1;
    private static final Duration LONG = Duration.ofHours(1);

    private final Recorder recorder = new Recorder();
    private final Queue<Long> begun = new ConcurrentLinkedQueue<>();

    private void untilCancelled(Assignment assignment, HandlerContext context) throws InterruptedException {
        begun.add(assignment.id());
        if (assignment.kind() != TaskKind.CLEANUP) {
            context.awaitCancelled(LONG);
        }
    }

    /** With one worker the others wait: in the inbox of a consumer group's member, in a share group in the broker. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void aKilledJobsAssignmentsAreDoneAndItsCleanupTaskRuns(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler(this::untilCancelled));
            long running = fixture.dispatchOne(TaskKind.TASK, 1);
            await().until(() -> begun.contains(running));
            long waiting = fixture.dispatchOne(TaskKind.TASK, 1);
            long commit = fixture.dispatchOne(TaskKind.COMMIT, 1);
            long cleanup = fixture.dispatchOne(TaskKind.CLEANUP, 1);
            fixture.kill(JOB, 1);
            await().until(() -> recorder.completed().equals(List.of(cleanup)));
            // The poll thread may report late that it dropped those that waited.
            await().untilAsserted(() -> {
                assertThat(recorder.dropped(DropReason.KILLED)).containsExactlyInAnyOrder(running, waiting, commit);
                assertThat(recorder.killed()).hasSize(3).containsOnly("wrong input, ann");
            });
            assertThat(begun).containsExactly(running, cleanup);
            await().until(() -> protocol.equals("share")
                    ? fixture.lag(0) == 0
                    : fixture.committed().get(0).offset() == 7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void aKillOfOneAssignmentIsItsOnlyAndAnAbortedKillIsNone(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().parallelism(2).listener(recorder).handler(this::untilCancelled));
            List<Long> both = fixture.dispatch(1, 2);
            await().until(() -> begun.containsAll(both));
            fixture.sendToKills(new byte[] {1});
            fixture.killInVain(both.get(1), 1);
            fixture.kill(both.get(0), 1);
            await().until(() -> recorder.dropped(DropReason.KILLED).equals(List.of(both.get(0))));
            fixture.bump(2);
            await().until(() -> recorder.dropped(DropReason.FENCED).equals(List.of(both.get(1))));
        }
    }

    @Test
    void aKilledAssignmentThatWaitsIsDroppedWhileAnotherRunsOn(ClientFixture fixture) {
        fixture.withTopics(1);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler(this::untilCancelled));
            List<Long> both = fixture.dispatch(1, 2);
            await().until(() -> begun.contains(both.get(0)));
            fixture.kill(both.get(1), 1);
            await().until(() -> recorder.dropped(DropReason.KILLED).equals(List.of(both.get(1))));
            fixture.kill(both.get(0), 1);
            await().until(() -> fixture.committed().get(0).offset() == 2);
        }
        assertThat(begun).hasSize(1);
    }

    @Test
    void O6_oneThatStartsAfterTheKillBeginsNothingThatItNames(ClientFixture fixture) {
        fixture.withTopics(1);
        fixture.kill(JOB, 1);
        List<Long> named = fixture.dispatch(1, 3);
        long cleanup = fixture.dispatchOne(TaskKind.CLEANUP, 1);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler(this::untilCancelled));
            await().until(() -> recorder.completed().equals(List.of(cleanup)));
            assertThat(recorder.dropped(DropReason.KILLED)).isEqualTo(named);
            assertThat(begun).containsExactly(cleanup);
            List<Long> newer = fixture.dispatch(2, 1);
            await().until(() -> begun.containsAll(newer));
            fixture.kill(JOB, 2);
            await().until(() -> recorder.dropped(DropReason.KILLED).containsAll(newer));
        }
    }

    @Test
    void withoutTheTopicOfKillsItWorks(ClientFixture fixture) {
        fixture.withTopics(1).with("topic.kills", fixture.group() + ".absent");
        List<Long> sent = fixture.dispatch(1, 2);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> recorder.completed().equals(sent));
        }
    }
}
