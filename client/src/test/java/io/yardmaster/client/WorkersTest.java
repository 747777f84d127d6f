package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Kill;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestAssignments given = new TestAssignments(1, 5);
    private final EpochFence fence = new EpochFence();
    private final Kills kills = new Kills();
    private final Recorder recorder = new Recorder();
    private final Execution execution = execution(given.task(1, 1));
    private int parallelism = 1;
    private Engine engine;
    private Workers workers;

    @AfterEach
    void stop() {
        engine.shutDown();
    }

    @Test
    void aSuccessIsReportedBeforeItIsHandedOver() throws Exception {
        assertThat(endingOf((assignment, context) -> {})).isEqualTo(new Ending.Completed());
        assertThat(recorder.completed()).containsExactly(0L);
    }

    @Test
    void failuresAreTriedAgainAsOftenAsAllowed() throws Exception {
        var tries = new AtomicInteger();
        assertThat(endingOf((assignment, context) -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IOException("not yet");
                    }
                }))
                .isEqualTo(new Ending.Completed());
        assertThat(tries).hasValue(3);
    }

    @Test
    void aFailureIsOneLineOfTheLogWithTheIdsOfItsAssignmentAndTheStackOnlyOfWhatNobodyExpected() throws Exception {
        try (var log = new WarningsOf(Workers.class)) {
            endingOf((assignment, context) -> {
                throw new TaskFailedException("no such frame");
            });
            assertThat(log.messages())
                    .containsExactly(
                            "assignment 0 (job 1, task 1, attempt 0) failed for good after 1 tries: no such frame");
            assertThat(log.stacks()).isZero();
        }
        assertThat(given.commit(9).ids()).isEqualTo("assignment 1 (job 9, commit task)");
    }

    @Test
    void anExceptionThatNobodyExpectedIsLoggedWithItsStack() throws Exception {
        try (var log = new WarningsOf(Workers.class)) {
            endingOf((assignment, context) -> {
                throw new IOException("broken");
            });
            assertThat(log.messages())
                    .containsExactly(
                            "assignment 0 (job 1, task 1, attempt 0) failed for good after 3 tries: java.io.IOException: broken");
            assertThat(log.stacks()).isEqualTo(1);
        }
    }

    @Test
    void S11_anOlderSessionIsNotStarted() throws Exception {
        fence.observe(6);
        var tries = new AtomicInteger();
        assertThat(endingOf((assignment, context) -> tries.incrementAndGet()))
                .isEqualTo(new Ending.Dropped(DropReason.FENCED));
        assertThat(tries).hasValue(0);
    }

    @Test
    void S11_aResultThatComesAfterANewerSessionIsFencedNotCompleted() throws Exception {
        assertThat(endingOf((assignment, context) -> {
                    assertThat(context.cancelled()).isFalse();
                    fence.observe(6);
                    assertThat(context.cancelled()).isTrue();
                }))
                .isEqualTo(new Ending.Dropped(DropReason.FENCED));
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
        workers.submit(execution(newer.task(1, 1)));
        workers.submit(execution(newer.task(1, 2)));
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
        var kill = new Kill(7L, task.id(), 5L, "wrong input", "ann", -1L, -1, 0);
        engine.kill(kill);
        assertThat(awaitFinished()).extracting(Workers.Finished::ending).containsExactly(new Ending.Dropped(kill));
        assertThat(new Ending.Dropped(kill).countsAsDone()).isTrue();
        assertThat(tries).isEmpty();
        assertThat(recorder.killed()).containsExactly("wrong input, ann");
        assertThat(recorder.dropped(DropReason.KILLED)).containsExactly(task.id());
    }

    @Test
    void O6_aKillAfterTheEndChangesNothing() throws Exception {
        start(RetryPolicy.NEVER, recorder, (assignment, context) -> {});
        Execution ending = engine.execution(given.task(7, 1));
        workers.submit(ending);
        assertThat(awaitFinished()).extracting(Workers.Finished::ending).containsExactly(new Ending.Completed());
        engine.kill(new Kill(7L, Kills.WHOLE_JOB, 5L, "", "", -1L, -1, 0));
        assertThat(ending.dropUnlessBegun(DropReason.CLOSED)).isEmpty();
        assertThat(recorder.killed()).isEmpty();
    }

    @Test
    void O7_aRefusalEndsTheRetriesAndIsReportedWithItsReason() throws Exception {
        var tries = new AtomicInteger();
        Ending refused = endingOf((assignment, context) -> {
            tries.incrementAndGet();
            throw new TaskRefusedException("disk is full");
        });
        assertThat(refused).isEqualTo(new Ending.Refused("disk is full"));
        assertThat(refused.countsAsDone()).isTrue();
        assertThat(tries).hasValue(1);
        assertThat(recorder.refused()).containsExactly("0 disk is full");
    }

    @Test
    void aHandlerThatFailsItsTaskIsNotTriedAgain() throws Exception {
        var failure = new TaskFailedException("wrong input");
        assertThat(endingOf((assignment, context) -> {
                    throw failure;
                }))
                .isEqualTo(new Ending.Failed(failure, 1));
        assertThat(recorder.failures()).containsExactly("0 wrong input after 1");
    }

    @Test
    void aTimeoutCancelsAllTriesTogetherAndIsReportedWhenTheHandlerHasReturned() throws Exception {
        var events = new LinkedBlockingQueue<String>();
        var listener = new ReportListener() {
            @Override
            public void failed(Assignment assignment, Exception lastError, int tries) {
                events.add(lastError.getMessage() + " after " + tries);
            }
        };
        var now = new AtomicLong();
        start(new RetryPolicy(100, Duration.ZERO, Duration.ZERO), listener, (assignment, context) -> {
            now.addAndGet(Duration.ofMillis(30).toNanos());
            if (!context.awaitCancelled(Duration.ZERO)) {
                throw new IOException("not yet");
            }
            events.add("returns");
        });
        Assignment limited = given.taskWithTimeout(1, 1, Duration.ofMillis(100));
        var time = new RunTime(limited.timeout(), now::get, InstantSource.system());
        workers.submit(new Execution(limited, fence, kills, time));
        Ending ending = awaitFinished().get(0).ending();
        assertThat(ending.countsAsDone()).isTrue();
        assertThat(events.poll()).isEqualTo("returns");
        assertThat(events.poll()).isEqualTo("ran longer than 100 ms after 4");
        assertThat(events).isEmpty();
    }

    @Test
    void aTimeoutEndsThePauseBeforeARetry() throws Exception {
        start(new RetryPolicy(2, LONG, LONG), recorder, (assignment, context) -> {
            throw new IOException("not yet");
        });
        workers.submit(execution(given.taskWithTimeout(1, 1, Duration.ofMillis(50))));
        assertThat(awaitFinished()).hasSize(1);
        assertThat(recorder.failures()).containsExactly("1 ran longer than 50 ms after 1");
    }

    @Test
    void S11_anAssignmentThatRanTooLongAndIsFencedIsFenced() throws Exception {
        var overtime = execution(given.taskWithTimeout(1, 1, Duration.ofMillis(1)));
        start(RetryPolicy.NEVER, recorder, (assignment, context) -> {
            context.awaitCancelled(LONG);
            fence.observe(6);
        });
        workers.submit(overtime);
        assertThat(awaitFinished())
                .extracting(Workers.Finished::ending)
                .containsExactly(new Ending.Dropped(DropReason.FENCED));
        assertThat(recorder.failures()).isEmpty();
    }

    @Test
    void aCancellationEndsTheRetriesAndTheirPauses() throws Exception {
        var tries = new AtomicInteger();
        var slow = new RetryPolicy(100, LONG, LONG);
        assertThat(endingOf(slow, recorder, (assignment, context) -> {
                    tries.incrementAndGet();
                    execution.cancel(DropReason.REVOKED);
                    throw new IOException("gone");
                }))
                .isEqualTo(new Ending.Dropped(DropReason.REVOKED));
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
        var dropped = execution(given.task(1, 2));
        var last = execution(given.task(1, 3));
        workers.submit(execution);
        workers.submit(dropped);
        workers.submit(last);
        assertThat(dropped.dropUnlessBegun(DropReason.CLOSED)).contains(new Ending.Dropped(DropReason.CLOSED));
        go.countDown();
        var ended = new ArrayList<Workers.Finished>();
        while (ended.size() < 2) {
            ended.addAll(awaitFinished());
        }
        assertThat(ended).extracting(Workers.Finished::execution).containsExactly(execution, last);
        assertThat(execution.dropUnlessBegun(DropReason.CLOSED)).isEmpty();
        assertThat(tries).hasValue(2);
    }

    @Test
    void anErrorAndAListenerThatThrowsAreHandedOverAsBroken() throws Exception {
        var error = new AssertionError("invariant");
        assertThat(endingOf((assignment, context) -> {
                    throw error;
                }))
                .isEqualTo(new Ending.Broken(error));
        var refusal = new IllegalStateException("storage away");
        var refusing = new ReportListener() {
            @Override
            public void completed(Assignment assignment) {
                throw refusal;
            }
        };
        engine.shutDown();
        start(RetryPolicy.NEVER, refusing, (assignment, context) -> {});
        workers.submit(execution(given.task(1, 2)));
        assertThat(awaitFinished()).extracting(Workers.Finished::ending).containsExactly(new Ending.Broken(refusal));
    }

    /** One member of a share group may reach the deadline of a close before the others do. */
    @Test
    void aHandlerThatIsInterruptedAsTheEngineStopsHasNotFailed() throws Exception {
        var begun = new CountDownLatch(1);
        start(RetryPolicy.NEVER, recorder, (assignment, context) -> {
            begun.countDown();
            TimeUnit.MINUTES.sleep(2);
        });
        workers.submit(execution);
        begun.await();
        engine.shutDown();
        assertThat(awaitFinished())
                .extracting(Workers.Finished::ending)
                .containsExactly(new Ending.Dropped(DropReason.CLOSED));
        assertThat(recorder.dropped(DropReason.CLOSED)).hasSize(1);
    }

    private Ending endingOf(AssignmentHandler handler) throws InterruptedException {
        return endingOf(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1)), recorder, handler);
    }

    private Ending endingOf(RetryPolicy retries, ReportListener listener, AssignmentHandler handler)
            throws InterruptedException {
        start(retries, listener, handler);
        workers.submit(execution);
        var finished = awaitFinished();
        assertThat(finished).hasSize(1);
        return finished.get(0).ending();
    }

    private void start(RetryPolicy retries, ReportListener listener, AssignmentHandler handler) {
        var options = new ExecutionOptions(
                handler, parallelism, retries, listener, Duration.ZERO, LONG, System::nanoTime, InstantSource.system());
        engine = Engine.of(options, OutcomeWriter.NONE, new StopRequest(System::nanoTime));
        workers = engine.workers();
    }

    private Execution execution(Assignment assignment) {
        return new Execution(
                assignment, fence, kills, new RunTime(assignment.timeout(), System::nanoTime, InstantSource.system()));
    }

    private List<Workers.Finished> awaitFinished() throws InterruptedException {
        return workers.awaitNews(LONG).stream()
                .map(Workers.Finished.class::cast)
                .toList();
    }
}
