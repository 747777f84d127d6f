package io.yardmaster.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What has assignments run, whichever way they come. */
record Engine(
        ExecutionOptions options, ExecutorService threads, TasksUnderWay tasks, EpochFence fence, StopRequest stop) {

    static Engine of(ExecutionOptions options) {
        var count = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                options.parallelism(), body -> new Thread(body, "yardmaster-worker-" + count.incrementAndGet()));
        var tasks = new TasksUnderWay(options.cancelGrace(), options.ticker());
        return new Engine(options, threads, tasks, new EpochFence(), new StopRequest(options.ticker()));
    }

    /** A view of the threads that hands over only what was submitted through it. */
    Workers workers() {
        return new Workers(threads, tasks, options);
    }

    /** Starts nothing more and interrupts what runs; does not wait for it. */
    void shutDown() {
        threads.shutdownNow();
    }
}
