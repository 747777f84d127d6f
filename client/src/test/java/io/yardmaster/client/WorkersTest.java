package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Kill;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestAssignments given = new TestAssignments(1, 5);
    private final EpochFence fence = new EpochFence();
    private final Kills kills = new Kills();
    private final Recorder recorder = new Recorder();
    private final Execution execution = new Execution(given.task(1, 1), fence, kills);
    private int parallelism = 1;
    private Engine engine;
    private Workers workers;

    @AfterEach
    void stop() {
        engine.shutDown();
    }

    @Test
    void aSuccessIsReportedBeforeItIsHandedOver() throws Exception {
        assertThat(outcomeOf((assignment, context) -> {})).isEqualTo(new Outcome.Completed());
        assertThat(recorder.completed()).containsExactly(0L);
    }

    @Test
    void failuresAreTriedAgainAsOftenAsAllowed() throws Exception {
        var tries = new AtomicInteger();
        assertThat(outcomeOf((assignment, context) -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IOException("not yet");
                    }
                }))
                .isEqualTo(new Outcome.Completed());
        assertThat(tries).hasValue(3);
    }

    @Test
    void S11_anOlderSessionIsNotStarted() throws Exception {
        fence.observe(6);
        var tries = new AtomicInteger();
        assertThat(outcomeOf((assignment, context) -> tries.incrementAndGet()))
                .isEqualTo(new Outcome.Dropped(DropReason.FENCED));
        assertThat(tries).hasValue(0);
    }

    @Test
    void S11_aResultThatComesAfterANewerSessionIsFencedNotCompleted() throws Exception {
        assertThat(outcomeOf((assignment, context) -> {
                    assertThat(context.cancelled()).isFalse();
                    fence.observe(6);
                    assertThat(context.cancelled()).isTrue();
                }))
                .isEqualTo(new Outcome.Dropped(DropReason.FENCED));
        assertThat(recorder.completed()).isEmpty();
        assertThat(recorder.dropped(DropReason.FENCED)).containsExactly(0L);
    }

    @Test
    void S11_aTaskIsNotBegunAnewBeforeItsCancelledRunHasEnded() throws Exception {
        parallelism = 3;
        var mayEnd = new CountDownLatch(1);
        var events = new LinkedBlockingQueue<String>();
        start(RetryPolicy.NEVER, recorder, (assignment, context) -> {
            events.add("begins " + assignment.id());
            if (assignment.id() == 0) {
                context.awaitCancelled(LONG);
                mayEnd.await();
                events.add("ends 0");
            }
        });
        workers.submit(execution);
        assertThat(events.poll(1, TimeUnit.MINUTES)).isEqualTo("begins 0");
        fence.observe(6);
        var newer = new TestAssignments(1, 6);
        newer.task(1, 0);
        workers.submit(new Execution(newer.task(1, 1), fence, kills));
        workers.submit(new Execution(newer.task(1, 2), fence, kills));
        assertThat(events.poll(1, TimeUnit.MINUTES))
                .as("another task need not wait")
                .isEqualTo("begins 2");
        assertThat(events).isEmpty();
        mayEnd.countDown();
        assertThat(events.poll(1, TimeUnit.MINUTES)).isEqualTo("ends 0");
        assertThat(events.poll(1, TimeUnit.MINUTES)).isEqualTo("begins 1");
    }

    @Test
    void aKillCancelsAWaitingHandlerWhichIsNotTriedAgainAndReportsWhoAskedAndWhy() throws Exception {
        var tries = new LinkedBlockingQueue<Thread>();
        start(new RetryPolicy(3, LONG, LONG), recorder, (assignment, context) -> {
            tries.add(Thread.currentThread());
            assertThat(context.awaitCancelled(LONG)).isTrue();
            throw new IOException("interrupted work");
        });
        Assignment task = given.task(7, 1);
        workers.submit(engine.execution(task));
        Thread handling = tries.take();
        await().until(() -> handling.getState() == Thread.State.TIMED_WAITING);
        var kill = new Kill(7L, task.id(), 5L, "wrong input", "ann", -1L);
        engine.kill(kill);
        assertThat(workers.awaitFinished(LONG))
                .extracting(Workers.Finished::outcome)
                .containsExactly(new Outcome.Dropped(kill));
        assertThat(new Outcome.Dropped(kill).countsAsDone()).isTrue();
        assertThat(tries).isEmpty();
        assertThat(recorder.killed()).containsExactly("wrong input, ann");
        assertThat(recorder.dropped(DropReason.KILLED)).containsExactly(task.id());
    }

    @Test
    void O6_aKillAfterTheEndChangesNothing() throws Exception {
        start(RetryPolicy.NEVER, recorder, (assignment, context) -> {});
        Execution ending = engine.execution(given.task(7, 1));
        workers.submit(ending);
        assertThat(workers.awaitFinished(LONG))
                .extracting(Workers.Finished::outcome)
                .containsExactly(new Outcome.Completed());
        engine.kill(new Kill(7L, Kills.WHOLE_JOB, 5L, "", "", -1L));
        assertThat(ending.dropUnlessBegun(DropReason.CLOSED)).isEmpty();
        assertThat(recorder.killed()).isEmpty();
    }

    @Test
    void aCancellationEndsTheRetriesAndTheirPauses() throws Exception {
        var tries = new AtomicInteger();
        var slow = new RetryPolicy(100, LONG, LONG);
        assertThat(outcomeOf(slow, recorder, (assignment, context) -> {
                    tries.incrementAndGet();
                    execution.cancel(DropReason.REVOKED);
                    throw new IOException("gone");
                }))
                .isEqualTo(new Outcome.Dropped(DropReason.REVOKED));
        assertThat(tries).hasValue(1);
    }

    @Test
    void aWaitingExecutionCanBeDroppedAndIsThenNotStarted() throws Exception {
        var go = new CountDownLatch(1);
        var tries = new AtomicInteger();
        start(RetryPolicy.NEVER, recorder, (assignment, context) -> {
            tries.incrementAndGet();
            go.await();
        });
        var dropped = new Execution(given.task(1, 2), fence, kills);
        var last = new Execution(given.task(1, 3), fence, kills);
        workers.submit(execution);
        workers.submit(dropped);
        workers.submit(last);
        assertThat(dropped.dropUnlessBegun(DropReason.CLOSED)).contains(new Outcome.Dropped(DropReason.CLOSED));
        go.countDown();
        var ended = new ArrayList<Workers.Finished>();
        while (ended.size() < 2) {
            ended.addAll(workers.awaitFinished(LONG));
        }
        assertThat(ended).extracting(Workers.Finished::execution).containsExactly(execution, last);
        assertThat(execution.dropUnlessBegun(DropReason.CLOSED)).isEmpty();
        assertThat(tries).hasValue(2);
    }

    @Test
    void anErrorAndAListenerThatThrowsAreHandedOverAsBroken() throws Exception {
        var error = new AssertionError("invariant");
        assertThat(outcomeOf((assignment, context) -> {
                    throw error;
                }))
                .isEqualTo(new Outcome.Broken(error));
        var refusal = new IllegalStateException("storage away");
        var refusing = new ReportListener() {
            @Override
            public void completed(Assignment assignment) {
                throw refusal;
            }
        };
        engine.shutDown();
        start(RetryPolicy.NEVER, refusing, (assignment, context) -> {});
        workers.submit(new Execution(given.task(1, 2), fence, kills));
        assertThat(workers.awaitFinished(LONG))
                .extracting(Workers.Finished::outcome)
                .containsExactly(new Outcome.Broken(refusal));
    }

    private Outcome outcomeOf(AssignmentHandler handler) throws InterruptedException {
        return outcomeOf(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1)), recorder, handler);
    }

    private Outcome outcomeOf(RetryPolicy retries, ReportListener listener, AssignmentHandler handler)
            throws InterruptedException {
        start(retries, listener, handler);
        workers.submit(execution);
        var finished = workers.awaitFinished(LONG);
        assertThat(finished).hasSize(1);
        return finished.get(0).outcome();
    }

    private void start(RetryPolicy retries, ReportListener listener, AssignmentHandler handler) {
        engine = Engine.of(
                new ExecutionOptions(handler, parallelism, retries, listener, Duration.ZERO, LONG, System::nanoTime));
        workers = engine.workers();
    }
}
