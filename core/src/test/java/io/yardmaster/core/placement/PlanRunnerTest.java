package io.yardmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.placement.PlanRunner.Result;
import io.yardmaster.core.placement.PlanRunner.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlanRunnerTest {
    private final Deque<Runnable> requested = new ArrayDeque<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong();
    private RuntimeException failure;

    private final PlanRunner runner = new PlanRunner(
            (snapshot, cancelled) -> {
                runs.incrementAndGet();
                clock.addAndGet(7);
                if (failure != null) {
                    throw failure;
                }
                return plan(snapshot);
            },
            requested::add,
            clock::get);

    private static Plan plan(PlacementSnapshot snapshot) {
        return Planner.plan(snapshot, PlacementPolicy.DEFAULT);
    }

    private static PlacementSnapshot snapshot(long at) {
        return new PlacementSnapshot(at, List.of(), List.of(), List.of(), List.of());
    }

    private long takenAt() {
        return ((Result.Planned) runner.take().orElseThrow()).plan().at();
    }

    @Test
    void P2_aRunnerGoesFromIdleToRequestedToReadyToIdle() {
        assertThat(runner.state()).isEqualTo(State.IDLE);
        assertThat(runner.take()).isEmpty();
        assertThat(runner.trigger(() -> snapshot(1))).isTrue();
        assertThat(runner.state()).isEqualTo(State.REQUESTED);
        assertThat(runner.take()).isEmpty();
        requested.remove().run();
        assertThat(runner.state()).isEqualTo(State.READY);
        assertThat(runner.take()).contains(new Result.Planned(plan(snapshot(1)), 7));
        assertThat(runner.state()).isEqualTo(State.IDLE);
        assertThat(runner.take()).isEmpty();
    }

    @Test
    void P2_tenTriggersStartOneRun() {
        for (int trigger = 0; trigger < 10; trigger++) {
            runner.trigger(() -> snapshot(1));
        }
        requested.forEach(Runnable::run);

        assertThat(runs).hasValue(1);
        assertThat(requested).hasSize(1);
        assertThat(runner.droppedTriggers()).isEqualTo(9);
    }

    @Test
    void P2_aDroppedTriggerTakesNoSnapshot() {
        runner.trigger(() -> snapshot(1));
        AtomicBoolean asked = new AtomicBoolean();

        assertThat(runner.trigger(() -> {
                    asked.set(true);
                    return snapshot(2);
                }))
                .isFalse();
        assertThat(asked).isFalse();
    }

    @Test
    void P2_aResultThatWasNotReadIsNotOverwritten() {
        runner.trigger(() -> snapshot(1));
        requested.remove().run();

        assertThat(runner.trigger(() -> snapshot(2))).isFalse();
        assertThat(requested).isEmpty();
        assertThat(takenAt()).isEqualTo(1);
        assertThat(runner.trigger(() -> snapshot(3))).isTrue();
        requested.remove().run();
        assertThat(takenAt()).isEqualTo(3);
    }

    @Test
    void P2_anErrorIsToldOnceAndTheNextRunIsClean() {
        failure = new IllegalStateException("broken");
        runner.trigger(() -> snapshot(1));
        requested.remove().run();
        assertThat(runner.take()).contains(new Result.Failed(failure));
        assertThat(runner.take()).isEmpty();

        failure = null;
        runner.trigger(() -> snapshot(2));
        requested.remove().run();
        assertThat(takenAt()).isEqualTo(2);
    }

    @Test
    void P2_anExecutorThatRefusesIsAnErrorToo() {
        PlanRunner refused = new PlanRunner(
                (snapshot, cancelled) -> plan(snapshot),
                run -> {
                    throw new RejectedExecutionException("full");
                },
                clock::get);

        refused.trigger(() -> snapshot(1));

        assertThat(refused.take()).containsInstanceOf(Result.Failed.class);
        assertThat(refused.state()).isEqualTo(State.IDLE);
    }

    @Test
    void P2_aSnapshotThatFailsLeavesTheRunnerIdle() {
        assertThatThrownBy(() -> runner.trigger(() -> {
                    throw new IllegalStateException("no snapshot");
                }))
                .hasMessage("no snapshot");
        assertThat(runner.state()).isEqualTo(State.IDLE);
    }

    @Test
    void P2_aResetDropsARequest() throws InterruptedException {
        runner.trigger(() -> snapshot(1));
        runner.reset();

        assertThat(runner.state()).isEqualTo(State.IDLE);
        runner.trigger(() -> snapshot(2));
        requested.remove().run();
        assertThat(runs).as("the dropped request").hasValue(0);
        requested.remove().run();
        assertThat(takenAt()).isEqualTo(2);
    }

    @Test
    void P2_aResetDropsAResult() throws InterruptedException {
        runner.trigger(() -> snapshot(1));
        requested.remove().run();
        runner.reset();

        assertThat(runner.state()).isEqualTo(State.IDLE);
        assertThat(runner.take()).isEmpty();
    }

    @Test
    void P2_aResetCancelsARunAndAwaitsItsEnd() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            PlanRunner slow = new PlanRunner(
                    (snapshot, cancelled) -> {
                        running.countDown();
                        while (snapshot.at() == 1 && !cancelled.getAsBoolean()) {
                            Thread.onSpinWait();
                        }
                        ended.set(true);
                        return plan(snapshot);
                    },
                    executor,
                    clock::get);
            slow.trigger(() -> snapshot(1));
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.state()).isEqualTo(State.RUNNING);
            assertThat(slow.trigger(() -> snapshot(2))).isFalse();

            slow.reset();

            assertThat(ended).isTrue();
            assertThat(slow.state()).isEqualTo(State.IDLE);
            assertThat(slow.take()).isEmpty();
            assertThat(slow.trigger(() -> snapshot(3))).isTrue();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void P2_aCancelledRunThatFailsIsNoError() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            PlanRunner slow = new PlanRunner(
                    (snapshot, cancelled) -> {
                        running.countDown();
                        while (!cancelled.getAsBoolean()) {
                            Thread.onSpinWait();
                        }
                        throw new PlanCancelledException();
                    },
                    executor,
                    clock::get);
            slow.trigger(() -> snapshot(1));
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

            slow.reset();

            assertThat(slow.take()).isEmpty();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aSynchronousRunnerIsReadyAtOnce() {
        PlanRunner synchronous = new PlanRunner((snapshot, cancelled) -> plan(snapshot), Runnable::run, clock::get);

        synchronous.trigger(() -> snapshot(1));

        assertThat(synchronous.take()).contains(new Result.Planned(plan(snapshot(1)), 0));
    }
}
