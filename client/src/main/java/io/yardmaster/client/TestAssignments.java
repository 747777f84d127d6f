package io.yardmaster.client;

import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes assignments as the scheduler would, so that a handler can be tested without Kafka. Ids and offsets count from
 * 0; every assignment is ready at the epoch, a first attempt, without a trace and, unless it is asked for, without a timeout and a
 * payload. Not for use by several threads, but handlers may run on others.
 */
public final class TestAssignments {
    private static final TopicPartition PARTITION = new TopicPartition("yardmaster.dispatch", 0);
    private static final String WORKER = "test";

    private final long resourceGroupId;
    private final long session;
    private final EpochFence fence = new EpochFence();
    private final Kills kills = new Kills();
    private final List<Execution> executions = new ArrayList<>();
    private long next;

    public TestAssignments(long resourceGroupId, long session) {
        this.resourceGroupId = resourceGroupId;
        this.session = session;
    }

    public Assignment task(long jobId, int taskIndex) {
        return next(jobId, TaskKind.TASK, taskIndex, Duration.ZERO, Payload.NONE);
    }

    /** Makes a task whose handler is cancelled when it has run for so long. */
    public Assignment taskWithTimeout(long jobId, int taskIndex, Duration timeout) {
        return next(jobId, TaskKind.TASK, taskIndex, timeout, Payload.NONE);
    }

    /** Makes a task of a graph whose stage has this payload. */
    public Assignment taskWithPayload(long jobId, int taskIndex, byte[] payload) {
        return next(jobId, TaskKind.TASK, taskIndex, Duration.ZERO, ByteBuffer.wrap(payload));
    }

    public Assignment commit(long jobId) {
        return next(jobId, TaskKind.COMMIT, -1, Duration.ZERO, Payload.NONE);
    }

    public Assignment cleanup(long jobId) {
        return next(jobId, TaskKind.CLEANUP, -1, Duration.ZERO, Payload.NONE);
    }

    /** Calls the handler once in this thread; the caller gets its exception. */
    public static void run(AssignmentHandler handler, Assignment assignment) throws Exception {
        handler.handle(assignment, new FixedContext(false));
    }

    /** Calls the handler once in this thread with an assignment that is cancelled. */
    public static void runCancelled(AssignmentHandler handler, Assignment assignment) throws Exception {
        handler.handle(assignment, new FixedContext(true));
    }

    /** The context of a handler that runs this assignment; cancelled once {@link #kill} names the assignment. */
    public HandlerContext context(Assignment assignment) {
        return execution(assignment);
    }

    /**
     * Runs the assignment as an execution manager does, in this thread and with one try, and returns the outcome that it
     * writes. The times are the epoch. A handler that {@link #kill} named, also before it began, is killed.
     */
    public TaskOutcome outcomeOf(AssignmentHandler handler, Assignment assignment) {
        Execution execution = execution(assignment);
        execution.begin();
        Ending ending = new Tries(handler, RetryPolicy.NEVER).run(execution);
        return new TaskOutcomes(WORKER).of(execution, ending).orElseThrow().value();
    }

    /** Kills the job as the scheduler does when somebody cancels it: all but its cleanup task, in this session and older ones. */
    public void kill(long jobId) {
        kills.add(new Kill(jobId, Kills.WHOLE_JOB, session, "cancelled", "a test", Kills.NO_BOUND, -1, 0));
        executions.forEach(Execution::cancelled);
    }

    /** Kills these tasks of the job as the scheduler does when they are not needed any more, in this session and older ones. */
    public void killTasks(long jobId, int firstTask, int tasks) {
        kills.add(new Kill(jobId, Kills.SOME_TASKS, session, "not needed", "", Kills.NO_BOUND, firstTask, tasks));
        executions.forEach(Execution::cancelled);
    }

    private Execution execution(Assignment assignment) {
        var time = new RunTime(assignment.timeout(), System::nanoTime, InstantSource.fixed(Instant.EPOCH));
        var execution = new Execution(assignment, fence, kills, time);
        executions.add(execution);
        return execution;
    }

    private Assignment next(long jobId, TaskKind kind, int taskIndex, Duration timeout, ByteBuffer payload) {
        long id = next++;
        return new Assignment(
                id,
                resourceGroupId,
                jobId,
                kind,
                taskIndex,
                0,
                session,
                Instant.EPOCH,
                timeout,
                payload,
                "",
                PARTITION,
                id,
                Optional.empty());
    }

    private record FixedContext(boolean cancelled) implements HandlerContext {
        @Override
        public boolean awaitCancelled(Duration limit) throws InterruptedException {
            if (!cancelled) {
                Thread.sleep(limit.toMillis());
            }
            return cancelled;
        }
    }
}
