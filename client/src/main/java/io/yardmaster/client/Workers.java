package io.yardmaster.client;

import io.yardmaster.schemas.TaskOutcome;
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

/**
 * Runs the handler on other threads with retries, reports each end, has its outcome written, and hands it to the poll
 * thread once that is acknowledged. No worker waits for an acknowledgement.
 */
final class Workers {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    /** News of an execution. */
    sealed interface Progress {
        Execution execution();
    }

    /** Its worker is free; {@link Finished} follows when its outcome is acknowledged. */
    record Ended(Execution execution) implements Progress {}

    /**
     * Nothing follows.
     *
     * @param hadEnded true if {@link Ended} came before, false if there was no outcome to wait for
     */
    record Finished(Execution execution, Outcome outcome, boolean hadEnded) implements Progress {}

    private final Tries tries;
    private final ReportListener listener;
    private final ExecutorService threads;
    private final TasksUnderWay tasks;
    private final OutcomeWriter outcomes;
    private final BlockingQueue<Progress> progress = new LinkedBlockingQueue<>();

    Workers(ExecutorService threads, TasksUnderWay tasks, OutcomeWriter outcomes, ExecutionOptions options) {
        this.threads = threads;
        this.tasks = tasks;
        this.outcomes = outcomes;
        this.tries = new Tries(options.handler(), options.retries());
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
                    settle(execution, run(execution));
                }
            } catch (InterruptedException e) {
                // The engine stops, and executions that have not begun are dropped by then
                Thread.currentThread().interrupt();
            } finally {
                tasks.ended(execution);
            }
        });
    }

    /** Reports an execution that was dropped before it began, and hands it over like one that has run. */
    void drop(Execution execution, Outcome.Dropped outcome) {
        outcome.report(listener, execution.assignment());
        settle(execution, outcome);
    }

    /** All news since the last call, in order for each execution; waits up to this long if there is none. */
    List<Progress> awaitProgress(Duration limit) throws InterruptedException {
        var news = new ArrayList<Progress>();
        if (progress.drainTo(news) == 0 && !limit.isZero()) {
            Optional.ofNullable(progress.poll(limit.toNanos(), TimeUnit.NANOSECONDS))
                    .ifPresent(news::add);
            progress.drainTo(news);
        }
        return news;
    }

    private void settle(Execution execution, Outcome outcome) {
        Optional<TaskOutcome> written = outcomes.recordOf(execution, outcome);
        if (written.isEmpty()) {
            progress.add(new Finished(execution, outcome, false));
            return;
        }
        progress.add(new Ended(execution));
        outcomes.write(
                written.get(),
                acknowledged ->
                        progress.add(new Finished(execution, acknowledged ? outcome : new Outcome.Unwritten(), true)));
    }

    private Outcome run(Execution execution) {
        try {
            Outcome outcome = tries.run(execution);
            report(execution.assignment(), outcome);
            return outcome;
        } catch (Throwable t) {
            return new Outcome.Broken(t);
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
        } else if (outcome instanceof Outcome.Refused refused) {
            log.info("{} was refused: {}", assignment, refused.reason());
            listener.refused(assignment, refused.reason());
        } else if (outcome instanceof Outcome.Dropped dropped) {
            dropped.report(listener, assignment);
        }
    }
}
