package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class HandlingIT {
    private static final RetryPolicy THREE = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));

    private final Recorder recorder = new Recorder();

    @Test
    void aHandlerThatThrowsIsTriedAgainThenReportedAndTheStreamGoesOn(ClientFixture fixture) {
        fixture.withTopics(1);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().retries(THREE).listener(recorder).handler((assignment, context) -> {
                if (assignment.id() == 1) {
                    throw new IOException("disk full");
                }
            }));
            fixture.dispatch(1, 3);
            await().until(() -> recorder.completed().size() == 2);
            assertThat(recorder.failed()).containsExactly(Map.entry(1L, 3));
            await().until(() -> fixture.committed().get(0).offset() == 3);
        }
    }

    @Test
    void aGroupWithoutOffsetsTakesNothingBeforeItIsToldWhereItWas(ClientFixture fixture) {
        fixture.withTopics(1);
        fixture.dispatch(1, 3);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.newcomer().listener(recorder).handler((assignment, context) -> {}));
            await().during(Duration.ofSeconds(2))
                    .until(() -> recorder.completed().isEmpty());
            fixture.placeGroup(2);
            await().until(() -> recorder.completed().equals(List.of(2L)));
        }
    }

    @Test
    void recordsThatAreNoAssignmentsAreSkippedAndReported(ClientFixture fixture) {
        fixture.withTopics(1);
        fixture.send(0, new byte[] {0, 0, 0, 9, 9, 1});
        fixture.send(0, null);
        fixture.send(0, new byte[] {'{', '}'});
        List<Long> sent = fixture.dispatch(1, 1);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> recorder.completed().equals(sent));
            assertThat(recorder.unreadable()).containsExactly(0L, 2L, 4L);
            await().until(() -> fixture.committed().get(0).offset() == 7);
        }
    }

    @Test
    void anErrorInAHandlerStopsTheExecutionManagerAndIsNotCommitted(ClientFixture fixture) {
        fixture.withTopics(1);
        ExecutionManager broken = fixture.em()
                .listener(recorder)
                .handler((assignment, context) -> {
                    if (assignment.id() == 1) {
                        throw new AssertionError("broken invariant");
                    }
                })
                .start();
        fixture.dispatch(1, 3);
        var stopped = broken.stopped().toCompletableFuture();
        await().until(stopped::isDone);
        assertThatThrownBy(stopped::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(BrokenExecutionException.class)
                .hasMessageContaining("broken invariant");
        assertThat(fixture.committed().get(0).offset()).isEqualTo(1);
        broken.close();
    }

    @Test
    void whileTheRegistryIsAwayNothingIsSkipped(ClientFixture fixture) throws IOException {
        fixture.withTopics(1);
        List<Long> sent = fixture.dispatch(1, 5);
        try (var registry = new FlakyRegistry();
                var fleet = new Fleet()) {
            fixture.with("schema.registry.url", registry.url());
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> registry.refused() >= 2);
            assertThat(recorder.completed()).isEmpty();
            registry.recover();
            await().until(() -> recorder.completed().equals(sent));
        }
        assertThat(recorder.unreadable()).isEmpty();
    }

    @Test
    void settingsThatWouldBreakTheGuaranteesAreRefusedByName(ClientFixture fixture) {
        fixture.with("kafka.isolation.level", "read_uncommitted");
        assertThatThrownBy(
                        () -> fixture.em().handler((assignment, context) -> {}).start())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("isolation.level")
                .hasMessageContaining("read_committed");
    }
}
