package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class ShareHandlingIT {
    private static final RetryPolicy THREE = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));

    private final Recorder recorder = new Recorder();

    @Test
    void aHandlerThatThrowsIsTriedAgainThenReportedAndNotDeliveredAgain(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup();
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().retries(THREE).listener(recorder).handler((assignment, context) -> {
                if (assignment.id() == 1) {
                    throw new IOException("disk full");
                }
            }));
            fixture.dispatch(1, 3);
            await().until(() -> recorder.completed().size() == 2);
            await().until(() -> recorder.failed().equals(List.of(Map.entry(1L, 3))));
            await().until(() -> fixture.lag(0) == 0);
        }
        assertThat(recorder.failed()).hasSize(1);
    }

    @Test
    void recordsThatAreNoAssignmentsAreRejectedAndReported(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup();
        fixture.send(0, new byte[] {0, 0, 0, 9, 9, 1});
        fixture.send(0, null);
        fixture.send(0, new byte[] {'{', '}'});
        List<Long> sent = fixture.dispatch(1, 1);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> recorder.completed().equals(sent));
            await().until(() -> fixture.lag(0) == 0);
        }
        assertThat(recorder.unreadable()).containsExactly(0L, 2L, 4L);
    }

    @Test
    void anErrorInAHandlerStopsTheExecutionManagerAndAnotherOneGetsTheAssignment(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup();
        List<Long> sent = fixture.dispatch(1, 1);
        ExecutionManager broken = fixture.em()
                .parallelism(2)
                .handler((assignment, context) -> {
                    throw new AssertionError("broken invariant");
                })
                .start();
        var stopped = broken.stopped().toCompletableFuture();
        await().until(stopped::isDone);
        assertThatThrownBy(stopped::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(BrokenExecutionException.class)
                .hasMessageContaining("broken invariant");
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> recorder.completed().equals(sent));
        }
    }

    /** Each refusal takes longer than a lock holds, and two of them longer than both deliveries would last. */
    @Test
    void whileTheRegistryIsAwayNothingIsRejectedAndNoDeliveryIsSpent(ClientFixture fixture) throws IOException {
        fixture.withTopics(1)
                .withShareGroup()
                .with("share.record.lock.duration.ms", "10000")
                .with("share.delivery.count.limit", "2");
        List<Long> sent = fixture.dispatch(1, 5);
        try (var registry = new FlakyRegistry(Duration.ofSeconds(11));
                var fleet = new Fleet()) {
            fixture.with("schema.registry.url", registry.url());
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> registry.refused() >= 2);
            assertThat(recorder.completed()).isEmpty();
            registry.recover();
            await().until(() -> recorder.completed().containsAll(sent));
        }
        // One that the member had fetched in advance may have lost its lock meanwhile, and run twice.
        assertThat(recorder.completed().stream().distinct()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(recorder.exhausted()).isEmpty();
        assertThat(recorder.unreadable()).isEmpty();
    }

    @Test
    void S11_aBumpWithoutAssignmentsCancelsWhatRunsAndItIsNotDeliveredAgain(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup();
        try (var fleet = new Fleet()) {
            var started = new CountDownLatch(2);
            fleet.add(fixture.em().parallelism(2).listener(recorder).handler((assignment, context) -> {
                started.countDown();
                assertThat(context.awaitCancelled(Duration.ofMinutes(1))).isTrue();
            }));
            List<Long> old = fixture.dispatch(1, 3);
            await().until(() -> started.getCount() == 0);
            fixture.bump(2);
            await().until(() -> recorder.dropped(DropReason.FENCED).size() == 3);
            assertThat(recorder.dropped(DropReason.FENCED)).containsExactlyInAnyOrderElementsOf(old);
            await().until(() -> fixture.lag(0) == 0);
        }
        assertThat(recorder.completed()).isEmpty();
    }

    @Test
    void theGroupIsConfiguredBeforeItFirstMeets(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup().with("share.delivery.count.limit", "7");
        try (var fleet = new Fleet()) {
            List<Long> sent = fixture.dispatch(1, 1);
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> recorder.completed().equals(sent));
        }
        assertThat(fixture.groupConfig("share.isolation.level")).isEqualTo("read_committed");
        assertThat(fixture.groupConfig("share.auto.offset.reset")).isEqualTo("earliest");
        assertThat(fixture.groupConfig("share.delivery.count.limit")).isEqualTo("7");
    }

    @Test
    void aSettingThatTheBrokerRefusesIsNamedInOneLine(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup().with("share.delivery.count.limit", "1000");
        var stopped = fixture.em()
                .handler((assignment, context) -> {})
                .start()
                .stopped()
                .toCompletableFuture();
        await().until(stopped::isDone);
        assertThatThrownBy(stopped::join)
                .cause()
                .hasMessageContaining("share.delivery.count.limit=1000")
                .hasMessageContaining("kafka-configs.sh")
                .hasMessageNotContaining("\n");
    }
}
