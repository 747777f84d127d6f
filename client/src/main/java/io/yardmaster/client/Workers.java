package io.yardmaster.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the handler on other threads with retries, reports each outcome, and then hands it to the poll thread. */
final class Workers {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    record Finished(Execution execution, Outcome outcome) {}

    private final AssignmentHandler handler;
    private final RetryPolicy retries;
    private final ReportListener listener;
    private final ExecutorService threads;
    private final TasksUnderWay tasks;
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();

    Workers(ExecutorService threads, TasksUnderWay tasks, ExecutionOptions options) {
        this.threads = threads;
        this.tasks = tasks;
        this.handler = options.handler();
        this.retries = options.retries();
        this.listener = options.listener();
    }

    /**
     * Runs the execution once a thread is free and no cancelled run of its task goes on, unless it is dropped before.
     */
    void submit(Execution execution) {
        threads.execute(() -> {
            try {
                tasks.begin(execution);
                if (execution.begin()) {
                    finished.add(new Finished(execution, run(execution)));
                }
            } catch (InterruptedException e) {
                // The engine stops, and executions that have not begun are dropped by then
                Thread.currentThread().interrupt();
            } finally {
                tasks.ended(execution);
            }
        });
    }

    /** All executions that have ended; waits up to this long if none has. */
    List<Finished> awaitFinished(Duration limit) throws InterruptedException {
        var ended = new ArrayList<Finished>();
        if (finished.drainTo(ended) == 0 && !limit.isZero()) {
            Optional.ofNullable(finished.poll(limit.toNanos(), TimeUnit.NANOSECONDS))
                    .ifPresent(ended::add);
            finished.drainTo(ended);
        }
        return ended;
    }

    private Outcome run(Execution execution) {
        try {
            Outcome natural = tryUntilDone(execution);
            Outcome outcome = execution.end().map(Outcome.class::cast).orElse(natural);
            report(execution.assignment(), outcome);
            return outcome;
        } catch (Throwable t) {
            return new Outcome.Broken(t);
        }
    }

    /** The result is void if the execution was cancelled meanwhile. */
    private Outcome tryUntilDone(Execution execution) {
        for (int tries = 1; !execution.cancelled(); tries++) {
            try {
                handler.handle(execution.assignment(), execution);
                return new Outcome.Completed();
            } catch (Exception e) {
                if (!retries.allowsAnotherAfter(tries)) {
                    return new Outcome.Failed(e, tries);
                }
                if (!execution.cancelled()) {
                    log.info("{} failed on try {} of {}: {}", execution.assignment(), tries, retries.maxTries(), e, e);
                }
                pause(execution, retries.delayAfter(tries));
            }
        }
        return new Outcome.Completed();
    }

    private static void pause(Execution execution, Duration delay) {
        try {
            Thread.interrupted();
            execution.awaitCancelled(delay);
        } catch (InterruptedException e) {
            // A worker is interrupted only when the engine stops, after its execution was cancelled
            Thread.currentThread().interrupt();
        }
    }

    private void report(Assignment assignment, Outcome outcome) {
        if (outcome instanceof Outcome.Completed) {
            listener.completed(assignment);
        } else if (outcome instanceof Outcome.Failed failed) {
            log.warn(
                    "{} failed for good after {} tries: {}",
                    assignment,
                    failed.tries(),
                    failed.lastError(),
                    failed.lastError());
            listener.failed(assignment, failed.lastError(), failed.tries());
        } else if (outcome instanceof Outcome.Dropped dropped) {
            dropped.report(listener, assignment);
        }
    }
}
