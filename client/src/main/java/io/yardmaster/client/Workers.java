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

/**
 * Runs the handler on other threads with retries, reports each end, has its outcome written, and hands it to the poll
 * thread once that is acknowledged. No worker waits for an acknowledgement.
 */
final class Workers {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    /** News of an execution. */
    sealed interface News {
        Execution execution();
    }

    /** Its worker is free; {@link Finished} follows when its outcome is acknowledged. */
    record Ended(Execution execution) implements News {}

    /**
     * Nothing follows.
     *
     * @param hadEnded true if {@link Ended} came before, false if there was no outcome to wait for
     */
    record Finished(Execution execution, Ending ending, boolean hadEnded) implements News {}

    private final Tries tries;
    private final ReportListener listener;
    private final ExecutorService threads;
    private final TasksUnderWay tasks;
    private final OutcomeWriter outcomes;
    private final BlockingQueue<News> events = new LinkedBlockingQueue<>();

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
    void drop(Execution execution, Ending.Dropped ending) {
        ending.report(listener, execution.assignment());
        settle(execution, ending);
    }

    /** All news since the last call, in order for each execution; waits up to this long if there is none. */
    List<News> awaitNews(Duration limit) throws InterruptedException {
        var news = new ArrayList<News>();
        if (events.drainTo(news) == 0 && !limit.isZero()) {
            Optional.ofNullable(events.poll(limit.toNanos(), TimeUnit.NANOSECONDS))
                    .ifPresent(news::add);
            events.drainTo(news);
        }
        return news;
    }

    private void settle(Execution execution, Ending ending) {
        Optional<OutcomeRecord> written = outcomes.recordOf(execution, ending);
        if (written.isEmpty()) {
            events.add(new Finished(execution, ending, false));
            return;
        }
        events.add(new Ended(execution));
        outcomes.write(
                written.get(),
                acknowledged ->
                        events.add(new Finished(execution, acknowledged ? ending : new Ending.Unwritten(), true)));
    }

    private Ending run(Execution execution) {
        try {
            Ending ending = tries.run(execution);
            report(execution.assignment(), ending);
            return ending;
        } catch (Throwable t) {
            return new Ending.Broken(t);
        }
    }

    private void report(Assignment assignment, Ending ending) {
        if (ending instanceof Ending.Completed) {
            listener.completed(assignment);
        } else if (ending instanceof Ending.Failed failed) {
            warn(assignment, failed);
            listener.failed(assignment, failed.lastError(), failed.tries());
        } else if (ending instanceof Ending.Refused refused) {
            log.info("{} was refused: {}", assignment.ids(), refused.reason());
            listener.refused(assignment, refused.reason());
        } else if (ending instanceof Ending.Dropped dropped) {
            dropped.report(listener, assignment);
        }
    }

    private static void warn(Assignment assignment, Ending.Failed failed) {
        Exception error = failed.lastError();
        if (error instanceof TaskFailedException || error.getStackTrace().length == 0) {
            // The handler says why: where it says so tells nothing more.
            log.warn("{} failed for good after {} tries: {}", assignment.ids(), failed.tries(), error.getMessage());
        } else {
            log.warn("{} failed for good after {} tries: {}", assignment.ids(), failed.tries(), error, error);
        }
    }
}
