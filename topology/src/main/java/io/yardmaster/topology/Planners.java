package io.yardmaster.topology;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads of an instance that make plans beside its stream threads. */
final class Planners implements Executor, AutoCloseable {
    /** Null if the stream threads make plans. */
    private final ExecutorService threads;

    /** @param number of threads; 0 if the caller's own makes each plan, and does nothing else meanwhile */
    Planners(int number) {
        threads = number == 0
                ? null
                : Executors.newFixedThreadPool(number, planning -> {
                    Thread thread = new Thread(planning, "yardmaster-planner");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public void execute(Runnable planning) {
        if (threads == null) {
            planning.run();
        } else {
            threads.execute(planning);
        }
    }

    /** Each plan under way has been cancelled by its owner, or is of no use. */
    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
