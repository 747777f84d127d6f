package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Broker.class)
class HostIT {
    private static final HostProfile PROFILE =
            new HostProfile("h1", Map.of("cpu", 8L, "memory", 32L << 30), Map.of("zone", "a"));
    private static final int PARTITIONS = 3;
    private static final int PARTITION = HostHeaders.partitionOf("h1", PARTITIONS);
    private static final long INCARNATION = 5;

    private final Recorder recorder = new Recorder();
    private final Queue<Long> begun = new ConcurrentLinkedQueue<>();

    private ExecutionManagerBuilder host(ClientFixture fixture) {
        return fixture.newcomer().listener(recorder).parallelism(4).host(PROFILE, INCARNATION);
    }

    private static Host latest(ClientFixture fixture) {
        List<Host> all = fixture.heartbeats();
        return all.isEmpty() ? new Host() : all.get(all.size() - 1);
    }

    @Test
    void itSaysWhatItHasAndRunsTheAssignmentsOfItsIncarnationAlone(ClientFixture fixture) {
        fixture.with("dispatch.pool", "p").withTopics(PARTITIONS);
        fixture.place("h1", INCARNATION, PARTITION);
        try (var fleet = new Fleet()) {
            fleet.add(host(fixture).handler((assignment, context) -> begun.add(assignment.id())));
            await().until(() -> !fixture.heartbeats().isEmpty());
            Host said = latest(fixture);
            assertThat(said.getHost()).isEqualTo("h1");
            assertThat(said.getPool()).isEqualTo("p");
            assertThat(said.getIncarnation()).isEqualTo(INCARNATION);
            assertThat(said.getTotal()).isEqualTo(PROFILE.total());
            assertThat(said.getLabels()).isEqualTo(PROFILE.labels());
            assertThat(said.getDispatchPartition()).isEqualTo(PARTITION);

            long first = fixture.place("h1", INCARNATION, PARTITION);
            fixture.place("h2", INCARNATION, PARTITION);
            fixture.place("h1", INCARNATION - 1, PARTITION);
            fixture.dispatchTo(PARTITION, 1, 1);
            long last = fixture.place("h1", INCARNATION, PARTITION);
            // Two workers may end them in either order, and an end is reported before its outcome is written.
            await().untilAsserted(() ->
                    assertThat(fixture.results()).containsExactlyInAnyOrder(first + " SUCCEEDED", last + " SUCCEEDED"));
            assertThat(recorder.completed()).containsExactlyInAnyOrder(first, last);
            assertThat(begun).containsExactlyInAnyOrder(first, last);
            assertThat(fixture.committed()).isEmpty();
        }
    }

    @Test
    void aHostThatEndsInOrderFirstHasNothingAndThenIsGone(ClientFixture fixture) {
        fixture.with("dispatch.pool", "p").withTopics(PARTITIONS);
        try (var fleet = new Fleet()) {
            fleet.add(host(fixture).handler((assignment, context) -> {
                begun.add(assignment.id());
                context.awaitCancelled(Duration.ofSeconds(2));
            }));
            await().until(() -> !fixture.heartbeats().isEmpty());
            fixture.place("h1", INCARNATION, PARTITION);
            await().until(() -> begun.size() == 1);
        }
        List<Host> all = fixture.heartbeats();
        Host farewell = all.get(all.size() - 1);
        assertThat(farewell.getIncarnation()).isEqualTo(INCARNATION + 1);
        assertThat(farewell.getTotal()).isEmpty();
        assertThat(all)
                .as("it gets no more tasks while it ends those that it has")
                .anyMatch(each ->
                        each.getIncarnation() == INCARNATION && each.getTotal().isEmpty());
        assertThat(recorder.completed()).hasSize(1);
    }

    @Test
    void P4_aHostOfWhichNobodyHeardEndsItsTasksAndStartsAnewWithoutThem(ClientFixture fixture) {
        fixture.with("dispatch.pool", "p").withTopics(PARTITIONS);
        var skipped = new AtomicLong();
        try (var fleet = new Fleet()) {
            fleet.add(host(fixture)
                    .ticker(() -> System.nanoTime() + skipped.get())
                    .handler((assignment, context) -> {
                        begun.add(assignment.id());
                        context.awaitCancelled(Duration.ofHours(1));
                    }));
            await().until(() -> !fixture.heartbeats().isEmpty());
            long lost = fixture.place("h1", INCARNATION, PARTITION);
            await().until(() -> begun.size() == 1);
            await().until(() -> {
                // A heartbeat may just come in between.
                skipped.addAndGet(Duration.ofSeconds(26).toNanos());
                return !recorder.dropped(DropReason.LOST).isEmpty();
            });
            assertThat(recorder.dropped(DropReason.LOST)).containsExactly(lost);
            await().until(() -> latest(fixture).getIncarnation() > INCARNATION);
            assertThat(fixture.results()).isEmpty();
        }
    }

    @Test
    void P4_aHostThatIsToldThatItsIncarnationIsOverStartsAnewAndOneThatIsReplacedEnds(ClientFixture fixture) {
        fixture.with("dispatch.pool", "p").withTopics(PARTITIONS);
        try (var em = host(fixture).handler((assignment, context) -> {}).start()) {
            await().until(() -> !fixture.heartbeats().isEmpty());
            fixture.end("h1", INCARNATION - 1, PARTITION, true);
            fixture.end("h1", INCARNATION, PARTITION, false);
            await().until(() -> latest(fixture).getIncarnation() > INCARNATION);
            fixture.end("h1", latest(fixture).getIncarnation(), PARTITION, true);
            assertThat(em.stopped())
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("another process has started as host h1: a name must be unique in its pool")
                    .withMessageNotContaining("clock");
        }
    }

    /** The clock was ahead when the host started before, and has been set back. */
    @Test
    void P4_aHostStartsAboveTheIncarnationThatTheSchedulerKnowsAlsoIfItIsAheadOfTheClock(ClientFixture fixture) {
        fixture.with("dispatch.pool", "p").withTopics(PARTITIONS);
        long ahead = System.currentTimeMillis() + Duration.ofDays(1).toMillis();
        try (var em = host(fixture).handler((assignment, context) -> {}).start()) {
            await().until(() -> !fixture.heartbeats().isEmpty());
            fixture.end("h1", INCARNATION, PARTITION, false, ahead);
            await().until(() -> latest(fixture).getIncarnation() == ahead + 1);
            fixture.end("h1", ahead + 1, PARTITION, true, ahead + 2);
            assertThat(em.stopped())
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("Or this machine's clock was ahead when the host last started");
        }
    }

    /** The pool's placement has changed while assignments for hosts lie in its topic. */
    @ParameterizedTest
    @ValueSource(strings = {"consumer", "share"})
    void aMemberOfAGroupPassesOverAssignmentsThatNameAHost(String protocol, ClientFixture fixture) {
        fixture.withProtocol(protocol).withTopics(1);
        fixture.place("h1", INCARNATION, 0);
        fixture.end("h1", INCARNATION, 0, false);
        List<Long> own = fixture.dispatchTo(0, 1, 1);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> begun.add(assignment.id())));
            await().until(() -> recorder.completed().equals(own));
            assertThat(begun).containsExactlyElementsOf(own);
        }
    }

    @Test
    void aHostThatMakesNoSenseIsRefusedInOneLine(ClientFixture fixture) {
        assertThatThrownBy(() -> new HostProfile("h 1", Map.of(), Map.of()))
                .hasMessage(
                        "host 'h 1': must have 1 to 200 letters, digits, '.', '_', ':' and '-', the first a letter or digit");
        assertThatThrownBy(() -> host(fixture.withTopics(1))
                        .handler((assignment, context) -> {})
                        .start())
                .hasMessage("a host is one of a pool: set dispatch.pool");
        assertThatThrownBy(() -> host(fixture.with("dispatch.pool", "p"))
                        .withoutOutcomes()
                        .handler((assignment, context) -> {})
                        .start())
                .hasMessage("a host must write outcomes: without them its tasks never seem to end");
        assertThatThrownBy(() -> host(fixture.withShareGroup())
                        .handler((assignment, context) -> {})
                        .start())
                .hasMessage("a host is in no group, and dispatch.group.type=share is for a share group");
    }
}
