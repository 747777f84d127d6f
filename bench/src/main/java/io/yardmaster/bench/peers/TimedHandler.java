package io.yardmaster.bench.peers;

import io.yardmaster.bench.BenchException;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.HandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs another handler, and notes when each of its calls begins and ends. */
final class TimedHandler implements AssignmentHandler {
    /** The first fifth of the hops is that of a cold start. */
    private static final double UNCOUNTED = 0.2;

    private final AssignmentHandler handler;
    private volatile Times times;

    private static final class Times {
        private final long[] begun;
        private final long[] ended;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;

        private Times(int tasks) {
            begun = new long[tasks];
            ended = new long[tasks];
            left = new CountDownLatch(tasks);
        }
    }

    TimedHandler(AssignmentHandler handler) {
        this.handler = handler;
    }

    /** Forgets all calls before; none of them may still run. */
    void expect(int tasks) {
        times = new Times(tasks);
    }

    @Override
    public void handle(Assignment assignment, HandlerContext context) throws Exception {
        long begun = System.nanoTime();
        handler.handle(assignment, context);
        long ended = System.nanoTime();
        Times current = times;
        int place = current.next.getAndIncrement();
        current.begun[place] = begun;
        current.ended[place] = ended;
        current.left.countDown();
    }

    /**
     * Waits until all expected calls have ended.
     *
     * @throws BenchException if they have not within the limit
     */
    void await(Duration limit) {
        try {
            if (!times.left.await(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new BenchException(
                        "%s tasks had not ended after %s s".formatted(times.left.getCount(), limit.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while tasks ran", e);
        }
    }

    /** The hops of a chain, in milliseconds from the end of a call to the beginning of the next. */
    List<Double> hops() {
        long[] begun = times.begun;
        List<Double> hops = new ArrayList<>();
        for (int hop = (int) (begun.length * UNCOUNTED); hop + 1 < begun.length; hop++) {
            hops.add((begun[hop + 1] - times.ended[hop]) / 1e6);
        }
        return hops;
    }

    /** The mean time of a chain, in milliseconds, from the beginning of a call to that of the next. */
    double meanPeriod() {
        long[] begun = times.begun;
        long all = Arrays.stream(begun).max().orElseThrow() - begun[0];
        return all / 1e6 / (begun.length - 1);
    }
}
