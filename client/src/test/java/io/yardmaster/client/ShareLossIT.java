package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class ShareLossIT {
    private static final AssignmentHandler BLOCK =
            (assignment, context) -> context.awaitCancelled(Duration.ofMinutes(2));
    private static final AssignmentHandler QUICK = (assignment, context) -> {};

    private final Recorder own = new Recorder();
    private final Recorder others = new Recorder();

    /**
     * On a busy machine, a lock may run out although its member lives, and a member may have fetched one assignment more
     * than it runs, which goes to another one when its lock runs out: hence many deliveries, and a long wait.
     */
    @Test
    void C12_othersGetExactlyTheAssignmentsOfAKilledMember(ClientFixture fixture) throws IOException {
        fixture.withTopics(1)
                .withShareGroup()
                .with("share.record.lock.duration.ms", "15000")
                .with("share.delivery.count.limit", "10");
        ConditionFactory patiently = await().atMost(Duration.ofMinutes(3));
        try (var registry = new FlakyRegistry();
                var doomed = HoldingProcess.start(fixture.settingsWith(registry), 10);
                var fleet = new Fleet()) {
            List<Long> sent = new ArrayList<>(fixture.dispatch(1, 10));
            patiently.untilAsserted(() -> assertThat(doomed.held()).containsAll(sent));
            for (int i = 0; i < 2; i++) {
                fleet.add(fixture.em().parallelism(2).listener(others).handler(QUICK));
            }
            sent.addAll(fixture.dispatch(1, 20));
            patiently.untilAsserted(() -> assertThat(others.completed()).hasSizeGreaterThanOrEqualTo(20));
            List<Long> left = new ArrayList<>(sent);
            left.removeAll(others.completed());
            assertThat(left).containsAnyElementsOf(doomed.held());
            doomed.kill();
            patiently.untilAsserted(() -> assertThat(others.completed()).containsExactlyInAnyOrderElementsOf(sent));
        }
    }

    /** The clock of the first stands still, so that it renews nothing and learns too late that its lock is lost. */
    @Test
    void whenALockRunsOutAnotherOneRunsItAndTheFirstIsCancelled(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup().withShortLocks();
        var now = new AtomicLong();
        Queue<Long> started = new ConcurrentLinkedQueue<>();
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().ticker(now::get).listener(own).handler((assignment, context) -> {
                started.add(assignment.id());
                BLOCK.handle(assignment, context);
            }));
            List<Long> sent = fixture.dispatch(1, 1);
            await().until(() -> started.size() == 1);
            fleet.add(fixture.em().listener(others).handler(QUICK));
            await().until(() -> others.completed().equals(sent));
            assertThat(own.dropped(DropReason.LOST)).isEmpty();
            now.addAndGet(Duration.ofSeconds(4).toNanos());
            await().until(() -> own.dropped(DropReason.LOST).equals(sent));
            assertThat(own.completed()).isEmpty();
        }
        assertThat(started).hasSize(1);
    }

    @Test
    void C12_aClosingMemberGivesBackUnfinishedAssignments(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup().with("share.record.lock.duration.ms", "60000");
        Queue<Long> started = new ConcurrentLinkedQueue<>();
        try (var fleet = new Fleet()) {
            ExecutionManager leaving =
                    fleet.add(fixture.em().parallelism(4).listener(own).handler((assignment, context) -> {
                        started.add(assignment.id());
                        BLOCK.handle(assignment, context);
                    }));
            List<Long> sent = fixture.dispatch(1, 8);
            // Any four: a share group has no order, and a busy member may have fetched one more than it runs.
            await().until(() -> started.size() == 4);
            leaving.close(Duration.ofMillis(300));
            assertThat(leaving.stopped()).isCompleted();
            await().untilAsserted(() -> assertThat(own.dropped()).hasSize(4));
            fleet.add(fixture.em().listener(others).handler(QUICK));
            // On a busy machine the broker may have ended a lock before, so that its assignment comes only when the
            // lock runs out.
            boolean givenBack = own.dropped(DropReason.CLOSED).size() == 4;
            await().atMost(givenBack ? Duration.ofSeconds(40) : Duration.ofMinutes(3))
                    .until(() -> others.completed().size() == 8);
            assertThat(others.completed()).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void closingWaitsForWhatRunsAndStartsNothingMore(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup();
        var started = new CountDownLatch(1);
        ExecutionManager leaving = fixture.em()
                .listener(own)
                .handler((assignment, context) -> {
                    started.countDown();
                    context.awaitCancelled(Duration.ofMillis(2500));
                })
                .start();
        fixture.dispatch(1, 5);
        await().until(() -> started.getCount() == 0);
        leaving.close(Duration.ofMinutes(1));
        assertThat(own.completed()).hasSize(1);
        assertThat(fixture.lag(0)).as("four assignments and a marker").isEqualTo(5);
        assertThat(leaving.stopped()).isCompleted();
    }

    @Test
    void anAssignmentGivenBackOnItsLastDeliveryIsReportedAsExhausted(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup().with("share.delivery.count.limit", "2");
        List<Long> sent = fixture.dispatch(1, 1);
        try (var fleet = new Fleet()) {
            for (int delivery = 1; delivery <= 2; delivery++) {
                var started = new CountDownLatch(1);
                ExecutionManager leaving = fleet.add(fixture.em().listener(own).handler((assignment, context) -> {
                    started.countDown();
                    BLOCK.handle(assignment, context);
                }));
                await().until(() -> started.getCount() == 0);
                assertThat(own.exhausted()).isEmpty();
                leaving.close(Duration.ZERO);
            }
            await().until(() -> own.dropped(DropReason.CLOSED).size() == 2);
            assertThat(own.exhausted()).containsExactly(Map.entry(sent.get(0), 2));
            await().until(() ->
                    fixture.givenUp().equals(List.of("0 2 Offset delivery count exceeded the threshold. true")));
            fleet.add(fixture.em().listener(others).handler(QUICK));
            List<Long> later = fixture.dispatch(1, 1);
            await().until(() -> !others.completed().isEmpty());
            assertThat(others.completed()).isEqualTo(later);
        }
    }
}
