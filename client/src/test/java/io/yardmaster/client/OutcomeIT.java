package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Broker.class)
class OutcomeIT {
    private static final long JOB = -1;
    private static final Duration LONG = Duration.ofHours(1);
    private static final AssignmentHandler QUICK = (assignment, context) -> {};

    private final Recorder recorder = new Recorder();
    private final Queue<Long> begun = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void O1_eachAssignmentThatEndsHasOneOutcome(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol);
        var now = Instant.ofEpochMilli(77);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em()
                    .worker("pump-1")
                    .clock(InstantSource.fixed(now))
                    .retries(new RetryPolicy(3, Duration.ZERO, Duration.ZERO))
                    .listener(recorder)
                    .handler((assignment, context) -> {
                        begun.add(assignment.id());
                        if (assignment.id() == 1) {
                            throw new IOException("disk full");
                        } else if (assignment.id() == 2) {
                            throw new TaskFailedException("wrong input");
                        } else if (assignment.id() == 3) {
                            throw new TaskRefusedException("no licence");
                        }
                    }));
            fixture.dispatch(4, 4);
            fixture.dispatchOne(TaskKind.CLEANUP, 4);
            await().until(() -> fixture.outcomes().size() == 5);
            assertThat(fixture.results())
                    .containsExactlyInAnyOrder(
                            "0 SUCCEEDED",
                            "1 FAILED disk full",
                            "2 FAILED wrong input",
                            "3 REFUSED no licence",
                            "4 SUCCEEDED");
            assertThat(fixture.outcomes())
                    .contains(new TaskOutcome(
                            4L,
                            1L,
                            ClientFixture.JOB,
                            4L,
                            TaskKind.CLEANUP,
                            -1,
                            0,
                            TaskResult.SUCCEEDED,
                            "",
                            now,
                            now,
                            "pump-1"));
            await().until(() -> isTaken(fixture, protocol, 6));
        }
        assertThat(begun).containsOnlyOnce(2L, 3L);
        assertThat(recorder.failures()).containsExactlyInAnyOrder("1 disk full after 3", "2 wrong input after 1");
        assertThat(recorder.refused()).containsExactly("3 no licence");
        assertThat(fixture.outcomes()).hasSize(5);
    }

    /** The registry does not take the schema of outcomes, so that none of them is written. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void O2_nothingIsTakenBeforeItsOutcomeIsWritten(String protocol, ClientFixture fixture) throws IOException {
        fixture.withTopics(1).withProtocol(protocol);
        try (var registry = new FlakyRegistry().takesSchemas(false);
                var fleet = new Fleet()) {
            registry.recover();
            List<Long> sent = fixture.dispatch(1, 2);
            fixture.with("schema.registry.url", registry.url());
            fleet.add(fixture.em().parallelism(2).listener(recorder).handler(QUICK));
            await().until(() -> recorder.completed().size() == 2);
            await().during(Duration.ofSeconds(1))
                    .until(() -> protocol.equals("share")
                            ? fixture.lag(0) != 0
                            : fixture.committed().get(0).offset() == 0);
            registry.takesSchemas(true);
            await().until(() -> isTaken(fixture, protocol, 2));
            assertThat(written(fixture)).containsExactlyInAnyOrderElementsOf(sent);
        }
        assertThat(recorder.completed()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void O2_whateverIsCommittedHasAnOutcome(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol);
        int count = 2_000;
        fixture.dispatch(1, count);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().parallelism(4).listener(recorder).handler(QUICK));
            long committed = 0;
            while (committed < count) {
                committed = fixture.committed().get(0).offset();
                var outcomes = new HashSet<>(written(fixture));
                for (long id = 0; id < Math.min(committed, count); id++) {
                    assertThat(outcomes).as("committed up to " + committed).contains(id);
                }
            }
        }
    }

    @Test
    void workersGoOnWhileOutcomesAreNotAcknowledgedUpToABound(ClientFixture fixture) throws IOException {
        fixture.withTopics(1);
        fixture.dispatch(1, 1_500);
        try (var registry = new FlakyRegistry().takesSchemas(false);
                var fleet = new Fleet()) {
            registry.recover();
            fixture.with("schema.registry.url", registry.url());
            fleet.add(fixture.em().listener(recorder).handler(QUICK));
            await().until(() -> recorder.completed().size() >= 1_000);
            await().during(Duration.ofSeconds(1))
                    .until(() -> recorder.completed().size() <= 1_002);
            assertThat(fixture.committed().get(0).offset()).isZero();
            registry.takesSchemas(true);
            await().until(() -> fixture.committed().get(0).offset() >= 1_500);
        }
        assertThat(recorder.completed()).hasSize(1_500);
        assertThat(fixture.outcomes()).hasSize(1_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void O3_withoutOutcomesNeitherTheirTopicNorOneOfThemIsNeeded(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol).with("topic.outcomes", fixture.group() + ".absent");
        List<Long> sent = fixture.dispatch(1, 3);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().withoutOutcomes().listener(recorder).handler(QUICK));
            await().until(() -> isTaken(fixture, protocol, 3));
            assertThat(recorder.completed()).containsExactlyElementsOf(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void O6_aKillBeforeTheBeginOrInTheMiddleIsTheOutcomeAndAfterTheEndItIsNone(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {
                begun.add(assignment.id());
                if (assignment.id() > 0) {
                    context.awaitCancelled(LONG);
                }
            }));
            fixture.dispatch(1, 3);
            await().until(() -> begun.contains(1L));
            fixture.kill(JOB, 1);
            await().until(() -> fixture.outcomes().size() == 3);
            assertThat(fixture.results())
                    .containsExactlyInAnyOrder("0 SUCCEEDED", "1 KILLED wrong input", "2 KILLED wrong input");
            TaskOutcome neverBegun = fixture.outcomes().stream()
                    .filter(outcome -> outcome.getAssignmentId() == 2)
                    .findFirst()
                    .orElseThrow();
            assertThat(neverBegun.getStartedAt()).isEqualTo(neverBegun.getEndedAt());
            await().until(() -> isTaken(fixture, protocol, 3));
        }
        assertThat(begun).doesNotContain(2L);
        assertThat(fixture.outcomes()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void aTaskThatRunsTooLongIsCancelledAndFailsWhenItsHandlerHasReturned(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol).withTimeout(Duration.ofMillis(200));
        var mayReturn = new CountDownLatch(1);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {
                assertThat(context.awaitCancelled(LONG)).isTrue();
                begun.add(assignment.id());
                mayReturn.await();
            }));
            fixture.dispatch(1, 1);
            await().until(() -> begun.size() == 1);
            assertThat(fixture.outcomes()).isEmpty();
            assertThat(recorder.failures()).isEmpty();
            mayReturn.countDown();
            await().until(() -> isTaken(fixture, protocol, 1));
            assertThat(fixture.results()).containsExactly("0 FAILED ran longer than 200 ms");
            assertThat(recorder.failures()).containsExactly("0 ran longer than 200 ms after 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void anAssignmentThatIsFencedOrGivenBackHasNoOutcomeHere(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol);
        ExecutionManager closing = fixture.em()
                .listener(recorder)
                .handler((assignment, context) -> {
                    begun.add(assignment.id());
                    context.awaitCancelled(LONG);
                })
                .start();
        fixture.dispatch(1, 1);
        await().until(() -> begun.contains(0L));
        fixture.bump(2);
        await().until(() -> recorder.dropped(DropReason.FENCED).size() == 1);
        fixture.dispatch(2, 1);
        await().until(() -> begun.contains(1L));
        closing.close(Duration.ZERO);
        assertThat(recorder.dropped(DropReason.CLOSED)).containsExactly(1L);
        assertThat(fixture.outcomes()).isEmpty();
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().handler(QUICK));
            await().until(() -> fixture.results().equals(List.of("1 SUCCEEDED")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void O2_aCloseWaitsForOutcomesAndThenGivesBackWhatHasNone(String protocol, ClientFixture fixture) throws Exception {
        fixture.withTopics(1).withProtocol(protocol);
        List<Long> sent = fixture.dispatch(1, 1);
        var successor = new Recorder();
        try (var registry = new FlakyRegistry().takesSchemas(false)) {
            registry.recover();
            String usual = fixture.registry();
            fixture.with("schema.registry.url", registry.url());
            ExecutionManager closing = fixture.em()
                    .cancelGrace(Duration.ofMillis(300))
                    .listener(recorder)
                    .handler(QUICK)
                    .start();
            await().until(() -> recorder.completed().equals(sent));
            closing.close(Duration.ofMillis(300));
            assertThat(closing.stopped()).isCompleted();
            assertThat(fixture.outcomes()).isEmpty();
            fixture.with("schema.registry.url", usual);
            ExecutionManager next =
                    fixture.em().listener(successor).handler(QUICK).start();
            await().until(() -> successor.completed().equals(sent));
            // A share group also has to take the transaction's marker, for which a member must be there.
            await().until(() -> isTaken(fixture, protocol, 1));
            next.close();
        }
        assertThat(fixture.results()).containsExactly("0 SUCCEEDED");
    }

    private static List<Long> written(ClientFixture fixture) {
        return fixture.outcomes().stream().map(TaskOutcome::getAssignmentId).collect(Collectors.toList());
    }

    private static boolean isTaken(ClientFixture fixture, String protocol, long offset) {
        return protocol.equals("share")
                ? fixture.lag(0) == 0
                : fixture.committed().get(0).offset() >= offset;
    }
}
