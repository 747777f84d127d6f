package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Broker.class)
class LossIT {
    private static final AssignmentHandler BLOCK =
            (assignment, context) -> context.awaitCancelled(Duration.ofMinutes(2));
    private static final AssignmentHandler QUICK = (assignment, context) -> {};

    private final Recorder others = new Recorder();

    @Test
    void C12_othersGetExactlyTheAssignmentsOfAKilledMember(ClientFixture fixture) {
        fixture.withTopics(3).withShortSessions();
        Set<Long> held = ConcurrentHashMap.newKeySet();
        try (var fleet = new Fleet()) {
            ExecutionManager doomed = fleet.add(fixture.em().parallelism(10).handler((assignment, context) -> {
                held.add(assignment.id());
                BLOCK.handle(assignment, context);
            }));
            fleet.add(fixture.em().parallelism(10).listener(others).handler(QUICK));
            fleet.add(fixture.em().parallelism(10).listener(others).handler(QUICK));
            awaitOnePartitionEach(fixture, 3);
            List<Long> sent = fixture.dispatch(1, 30);
            await().until(() -> held.size() == 10 && others.completed().size() == 20);
            doomed.cutOff();
            await().until(() -> others.completed().size() >= 30);
            assertThat(others.completed()).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(others.completed().subList(20, 30)).containsExactlyInAnyOrderElementsOf(held);
        }
    }

    @Test
    void S14_assignmentsThatAKilledMemberFinishedOutOfOrderAreNotRunAgain(ClientFixture fixture) {
        fixture.withTopics(1).withShortSessions();
        var own = new Recorder();
        try (var fleet = new Fleet()) {
            ExecutionManager doomed = fleet.add(fixture.em()
                    .parallelism(4)
                    .listener(own)
                    .handler((assignment, context) -> (assignment.id() == 2 || assignment.id() == 5 ? BLOCK : QUICK)
                            .handle(assignment, context)));
            fixture.dispatch(1, 10);
            await().until(() -> own.completed().size() == 8);
            await().until(() -> isDone(fixture, 9));
            assertThat(fixture.committed().get(0).offset()).isEqualTo(2);
            doomed.cutOff();
            fleet.add(fixture.em().listener(others).handler(QUICK));
            List<Long> later = fixture.dispatch(1, 1);
            await().until(() -> others.completed().containsAll(later));
            assertThat(others.completed()).containsExactly(2L, 5L, later.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void C12_anIdleMemberThatHeartbeatsKeepsItsAssignments(String protocol, ClientFixture fixture) {
        fixture.withTopics(2).withProtocol(protocol).with("max.poll.interval.ms", "5000");
        Queue<Long> started = new ConcurrentLinkedQueue<>();
        var own = new Recorder();
        var go = new CountDownLatch(1);
        try (var fleet = new Fleet()) {
            for (Recorder recorder : List.of(own, others)) {
                fleet.add(fixture.em()
                        .parallelism(2)
                        .revokeGrace(Duration.ofSeconds(1))
                        .listener(recorder)
                        .handler((assignment, context) -> {
                            started.add(assignment.id());
                            go.await();
                        }));
            }
            awaitOnePartitionEach(fixture, 2);
            List<Long> sent = fixture.dispatch(1, 12);
            await().until(() -> started.size() == 4);
            await().during(Duration.ofSeconds(12)).until(() -> started.size() == 4);
            go.countDown();
            await().until(() -> own.completed().size() + others.completed().size() == sent.size());
            assertThat(started).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(own.completed()).hasSize(6);
        }
    }

    @Test
    void C12_aClosingMemberGivesBackUnfinishedAssignments(ClientFixture fixture) {
        fixture.withTopics(1);
        var own = new Recorder();
        try (var fleet = new Fleet()) {
            ExecutionManager leaving = fleet.add(
                    fixture.em().parallelism(2).listener(own).handler((assignment, context) -> (assignment.id() % 2 == 0
                                    ? BLOCK
                                    : QUICK)
                            .handle(assignment, context)));
            List<Long> sent = fixture.dispatch(1, 8);
            await().until(() -> own.completed().size() == 1);
            leaving.close(Duration.ofMillis(300));
            await().until(() -> own.dropped(DropReason.CLOSED).size() >= 2);
            fleet.add(fixture.em().listener(others).handler(QUICK));
            await().until(() -> others.completed().size() >= 7);
            List<Long> all = new ArrayList<>(own.completed());
            all.addAll(others.completed());
            assertThat(all).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void closingWaitsForWhatRunsAndStartsNothingMore(ClientFixture fixture) {
        fixture.withTopics(1);
        var own = new Recorder();
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
        assertThat(own.completed()).containsExactly(0L);
        assertThat(fixture.committed().get(0).offset()).isEqualTo(1);
        assertThat(leaving.stopped()).isCompleted();
    }

    @Test
    void S14_aRevokedPartitionIsKeptForWhatRunsUntilTheGraceIsOver(ClientFixture fixture) {
        fixture.withTopics(2);
        var own = new Recorder();
        var go = new CountDownLatch(1);
        Set<Long> started = ConcurrentHashMap.newKeySet();
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em()
                    .parallelism(4)
                    .revokeGrace(Duration.ofSeconds(2))
                    .listener(own)
                    .handler((assignment, context) -> {
                        started.add(assignment.id());
                        if (assignment.id() < 2) {
                            go.await();
                        } else {
                            context.awaitCancelled(Duration.ofSeconds(1));
                        }
                    }));
            fixture.dispatch(1, 4);
            await().until(() -> started.size() == 4);
            fleet.add(fixture.em().listener(others).handler(QUICK));
            await().until(() -> !others.completed().isEmpty());
            go.countDown();
            await().until(() -> own.completed().size() == 3);
            assertThat(own.completed()).contains(2L, 3L);
            assertThat(own.dropped(DropReason.REVOKED)).hasSize(1).isEqualTo(others.completed());
        }
    }

    private static boolean isDone(ClientFixture fixture, long offset) {
        var committed = fixture.committed().get(0);
        return committed != null
                && DoneAhead.decode(committed.offset(), committed.metadata()).isDone(offset);
    }

    private static void awaitOnePartitionEach(ClientFixture fixture, int members) {
        await().until(() -> fixture.sharesOfStableGroup(members).equals(Collections.nCopies(members, 1)));
    }
}
