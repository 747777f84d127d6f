package io.yardmaster.client;

import io.yardmaster.schemas.TaskKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executions that run in this process: no task begins anew while a cancelled run of it has not ended. Thread-safe.
 */
final class TasksUnderWay {
    private static final Logger log = LoggerFactory.getLogger(TasksUnderWay.class);

    private final Set<Execution> running = new HashSet<>();
    private final Duration limit;
    private final LongSupplier ticker;
    private boolean closed;

    /** @param limit the longest wait for a cancelled run */
    TasksUnderWay(Duration limit, LongSupplier ticker) {
        this.limit = limit;
        this.ticker = ticker;
    }

    /** Waits for cancelled runs of the same task; the caller must call {@link #ended} after that in any case. */
    synchronized void begin(Execution execution) throws InterruptedException {
        long until = ticker.getAsLong() + limit.toNanos();
        while (cancelledRunOf(execution.assignment())) {
            long left = until - ticker.getAsLong();
            if (left <= 0) {
                log.warn(
                        "{} begins while a cancelled run of the same task goes on after {}",
                        execution.assignment().ids(),
                        limit);
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        running.add(execution);
        if (closed) {
            execution.cancel(DropReason.CLOSED);
        }
    }

    /** Cancels all that runs, and whatever begins later. */
    synchronized void close() {
        closed = true;
        running.forEach(execution -> execution.cancel(DropReason.CLOSED));
    }

    synchronized void ended(Execution execution) {
        running.remove(execution);
        notifyAll();
    }

    /** Wakes the handlers of a job's cancelled runs that wait for their cancellation. */
    synchronized void wakeCancelled(long jobId) {
        running.stream().filter(run -> run.assignment().jobId() == jobId).forEach(Execution::cancelled);
    }

    private boolean cancelledRunOf(Assignment task) {
        return running.stream().anyMatch(run -> run.cancelled() && isSame(run.assignment(), task));
    }

    private static boolean isSame(Assignment one, Assignment other) {
        return one.jobId() == other.jobId()
                && one.kind() == other.kind()
                && (one.kind() != TaskKind.TASK || one.taskIndex() == other.taskIndex());
    }
}
