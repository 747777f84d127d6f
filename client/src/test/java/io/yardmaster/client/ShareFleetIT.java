package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Broker.class)
class ShareFleetIT {
    /** So long that a busy machine renews them in time. */
    private static final String LOCK_MS = "15000";

    private static final Duration LONGER_THAN_A_LOCK = Duration.ofSeconds(18);

    private final Recorder recorder = new Recorder();
    private final Queue<Long> started = new ConcurrentLinkedQueue<>();

    @Test
    void oneSlowTaskBlocksNobodyAndIsRenewedSoThatItRunsOnce(ClientFixture fixture) {
        fixture.withTopics(1).withShareGroup().with("share.record.lock.duration.ms", LOCK_MS);
        var go = new CountDownLatch(1);
        try (var fleet = new Fleet()) {
            for (int i = 0; i < 2; i++) {
                fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {
                    started.add(assignment.id());
                    if (assignment.id() == 0) {
                        go.await();
                    }
                }));
            }
            List<Long> sent = fixture.dispatch(1, 21);
            List<Long> quick = sent.subList(1, 21);
            await().until(() -> recorder.completed().containsAll(quick));
            assertThat(recorder.completed()).doesNotContain(0L);
            await().during(LONGER_THAN_A_LOCK).until(() -> starts(0) == 1);
            go.countDown();
            await().until(() -> recorder.completed().contains(0L));
            await().until(() -> fixture.lag(0) == 0);
        }
        // A quick task may start twice: Kafka's consumer may fetch another record beside the slow task's, whose lock
        // ends before the member can take it.
        assertThat(starts(0)).isOne();
    }

    private long starts(long id) {
        return started.stream().filter(each -> each == id).count();
    }

    @Test
    void C12_anIdleMemberThatHeartbeatsKeepsItsAssignments(ClientFixture fixture) {
        fixture.withTopics(2)
                .withShareGroup()
                .with("share.record.lock.duration.ms", LOCK_MS)
                .with("max.poll.interval.ms", "5000");
        var go = new CountDownLatch(1);
        try (var fleet = new Fleet()) {
            for (int i = 0; i < 2; i++) {
                fleet.add(fixture.em().parallelism(2).listener(recorder).handler((assignment, context) -> {
                    started.add(assignment.id());
                    go.await();
                }));
            }
            List<Long> sent = fixture.dispatch(1, 12);
            await().until(() -> started.size() == 4);
            await().during(LONGER_THAN_A_LOCK).until(() -> started.size() == 4);
            go.countDown();
            await().until(() -> recorder.completed().size() == sent.size());
            assertThat(started).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    /** The kinds of group differ in one setting; the handler, its retries and the reports are the same. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "share"})
    void theSameHandlerRunsInBothKindsOfGroup(String protocol, ClientFixture fixture) {
        fixture.withTopics(2).withProtocol(protocol);
        List<Long> sent = new ArrayList<>(fixture.dispatch(1, 10));
        fixture.dispatchInVain(5);
        sent.addAll(fixture.dispatch(1, 10));
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().parallelism(3).listener(recorder).handler((assignment, context) -> {
                started.add(assignment.id());
                if (starts(assignment.id()) == 1) {
                    throw new IllegalStateException("only the second try works");
                }
            }));
            await().until(() -> recorder.completed().size() == sent.size());
            assertThat(recorder.completed()).containsExactlyInAnyOrderElementsOf(sent);
        }
        assertThat(started).hasSize(2 * sent.size());
    }
}
