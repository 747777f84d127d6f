package io.yardmaster.bench.fairness;

import io.yardmaster.bench.BenchException;

/** A thread that repeats a step until it is closed; a failure ends it and is kept. */
final class Loop implements AutoCloseable {
    private final Thread thread;
    private volatile boolean closing;
    private volatile RuntimeException failure;

    /** @param end is run last, on the same thread */
    Loop(String name, Runnable step, Runnable end) {
        thread = new Thread(
                () -> {
                    try {
                        while (!closing) {
                            step.run();
                        }
                    } catch (RuntimeException e) {
                        failure = e;
                    } finally {
                        end.run();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    void check() {
        if (failure != null) {
            throw new BenchException(thread.getName() + " failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
