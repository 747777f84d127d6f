package io.yardmaster.client;

import io.yardmaster.schemas.Kill;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The parts that run assignments, the same in both kinds of group. */
record Engine(
        ExecutionOptions options,
        ExecutorService threads,
        TasksUnderWay tasks,
        EpochFence fence,
        Kills kills,
        OutcomeWriter outcomes,
        StopRequest stop) {

    static Engine of(ExecutionOptions options, OutcomeWriter outcomes, StopRequest stop) {
        var count = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                options.parallelism(), body -> new Thread(body, "yardmaster-worker-" + count.incrementAndGet()));
        var tasks = new TasksUnderWay(options.cancelGrace(), options.ticker());
        return new Engine(options, threads, tasks, new EpochFence(), new Kills(), outcomes, stop);
    }

    /** Workers on the shared threads; they hand over only results of executions submitted through them. */
    Workers workers() {
        return new Workers(threads, tasks, outcomes, options);
    }

    Execution execution(Assignment assignment) {
        var time = new RunTime(assignment.timeout(), options.ticker(), options.clock());
        return new Execution(assignment, fence, kills, time);
    }

    /** Cancels at once the assignments that it names and that run; the others never begin. */
    void kill(Kill kill) {
        kills.add(kill);
        tasks.wakeCancelled(kill.getJobId());
    }

    /**
     * Starts nothing more, cancels and interrupts running handlers, and does not wait for them. Members of a share group reach their
     * deadline one after the other: an interrupt must not look like a failure of a handler whose member is later.
     */
    void shutDown() {
        tasks.close();
        threads.shutdownNow();
    }

    /** Writes no more outcomes; waits at most this long for those on their way. */
    void closeOutcomes(Duration limit) {
        outcomes.close(limit);
    }
}
