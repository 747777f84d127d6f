package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses a broker that a test can restart, and that refuses what a test says. */
class OutcomeAccessIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Recorder recorder = new Recorder();

    @TempDir
    private Path directory;

    private EmbeddedKafka kafka;
    private ClientFixture fixture;

    @BeforeEach
    void start() {
        kafka = start(0);
        fixture = new ClientFixture(kafka.bootstrapServers());
    }

    private EmbeddedKafka start(int port) {
        return EmbeddedKafka.start(
                directory, port, Map.of("authorizer.class.name", RefusingAuthorizer.class.getName()));
    }

    @AfterEach
    void stop() {
        RefusingAuthorizer.refuseOnOutcomes();
        fixture.close();
        kafka.close();
    }

    @ParameterizedTest
    @CsvSource({"classic,WRITE", "classic,DESCRIBE", "share,WRITE"})
    void withoutPermissionToWriteOutcomesItRefusesToStart(String protocol, AclOperation refused) {
        fixture.withTopics(1).withProtocol(protocol);
        fixture.dispatch(1, 1);
        RefusingAuthorizer.refuseOnOutcomes(refused);
        assertStopsNaming(fixture.em().listener(recorder), "WRITE on topic " + fixture.outcomesTopic());
        assertThat(recorder.completed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void withoutTheTopicOfOutcomesItRefusesToStart(String protocol) {
        fixture.withTopics(1).withProtocol(protocol).with("topic.outcomes", "absent.outcomes");
        fixture.dispatch(1, 1);
        assertStopsNaming(fixture.em().listener(recorder), "topic absent.outcomes: there is no such topic");
        assertThat(recorder.completed()).isEmpty();
    }

    @Test
    void itWaitsWhileThereIsNoTopicAtAll() {
        // The first question makes the broker's own topic of offsets, for which the group's place would have to wait.
        assertThat(fixture.committed()).isEmpty();
        try (var fleet = new Fleet()) {
            ExecutionManager early =
                    fleet.add(fixture.newcomer().listener(recorder).handler((assignment, context) -> {}));
            await().during(Duration.ofSeconds(6))
                    .until(() -> !early.stopped().toCompletableFuture().isDone());
            // At once: with a member, the group takes no offsets from others.
            fixture.withTopics(1).placeGroup(0);
            List<Long> sent = fixture.dispatch(1, 1);
            await().atMost(LONG).until(() -> recorder.completed().equals(sent));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void O2_whenThePermissionIsTakenAwayItStopsAndAnotherRunsTheAssignment(String protocol) {
        fixture.withTopics(1).withProtocol(protocol);
        var go = new CountDownLatch(1);
        ExecutionManager stopping = fixture.em()
                .listener(recorder)
                .handler((assignment, context) -> go.await())
                .start();
        List<Long> sent = fixture.dispatch(1, 1);
        await().atMost(LONG)
                .until(() -> go.getCount() == 1 && recorder.completed().isEmpty());
        RefusingAuthorizer.refuseOnOutcomes(AclOperation.WRITE);
        go.countDown();
        var stopped = stopping.stopped().toCompletableFuture();
        await().atMost(LONG).until(stopped::isDone);
        assertThatThrownBy(stopped::join)
                .cause()
                .isInstanceOf(OutcomesNotWrittenException.class)
                .hasMessageContaining("WRITE on topic " + fixture.outcomesTopic())
                .hasMessageNotContaining("\n");
        RefusingAuthorizer.refuseOnOutcomes();
        var other = new Recorder();
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(other).handler((assignment, context) -> {}));
            await().atMost(LONG).until(() -> other.completed().equals(sent));
        }
        assertThat(fixture.results()).containsExactly("0 SUCCEEDED");
    }

    /** The broker is away for longer than the producer tries by itself. */
    @Test
    void O2_anOutcomeIsWrittenAgainUntilTheBrokerIsBack() {
        fixture.withTopics(1)
                .with("kafka.delivery.timeout.ms", "1000")
                .with("kafka.request.timeout.ms", "900")
                .with("kafka.max.block.ms", "500");
        var go = new CountDownLatch(1);
        var running = new CountDownLatch(1);
        int port = kafka.port();
        try (var log = new WarningsOf(OutcomeProducer.class);
                var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {
                if (assignment.id() == 1) {
                    running.countDown();
                    go.await();
                }
            }));
            fixture.dispatch(1, 2);
            await().atMost(LONG).until(() -> running.getCount() == 0);
            await().atMost(LONG).until(() -> fixture.results().equals(List.of("0 SUCCEEDED")));
            int before = log.messages().size();
            kafka.close();
            go.countDown();
            await().atMost(LONG).until(() -> log.messages().size() > before);
            kafka = start(port);
            await().atMost(LONG).until(() -> fixture.committed().get(0).offset() >= 2);
            assertThat(fixture.results()).contains("0 SUCCEEDED", "1 SUCCEEDED");
            // More than one if a slow broker kept the producer waiting for a second before or afterwards.
            assertThat(log.messages()).allSatisfy(message -> assertThat(message)
                    .contains("outcomes cannot be written to topic " + fixture.outcomesTopic()));
        }
        assertThat(recorder.completed()).containsExactly(0L, 1L);
    }

    private static void assertStopsNaming(ExecutionManagerBuilder described, String named) {
        var stopped =
                described.handler((assignment, context) -> {}).start().stopped().toCompletableFuture();
        await().atMost(LONG).until(stopped::isDone);
        assertThatThrownBy(stopped::join)
                .cause()
                .isInstanceOf(OutcomesNotWrittenException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("\n");
    }
}
