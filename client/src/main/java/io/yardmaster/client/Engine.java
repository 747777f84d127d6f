package io.yardmaster.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The parts that run assignments, the same in both kinds of group. */
record Engine(
        ExecutionOptions options, ExecutorService threads, TasksUnderWay tasks, EpochFence fence, StopRequest stop) {

    static Engine of(ExecutionOptions options) {
        var count = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                options.parallelism(), body -> new Thread(body, "yardmaster-worker-" + count.incrementAndGet()));
        var tasks = new TasksUnderWay(options.cancelGrace(), options.ticker());
        return new Engine(options, threads, tasks, new EpochFence(), new StopRequest(options.ticker()));
    }

    /** Workers on the shared threads; they hand over only results of executions submitted through them. */
    Workers workers() {
        return new Workers(threads, tasks, options);
    }

    /** Starts nothing more and interrupts running handlers; does not wait for them. */
    void shutDown() {
        threads.shutdownNow();
    }
}
