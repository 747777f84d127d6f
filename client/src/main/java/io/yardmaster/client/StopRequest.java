package io.yardmaster.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells the poll thread to stop, and until when it may wait for running assignments. Thread-safe. */
final class StopRequest {
    private final LongSupplier ticker;
    private Long deadline;
    private boolean cutOff;
    private RuntimeException failure;

    /** @param ticker nanoseconds of a monotonic clock */
    StopRequest(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** If it is called twice, the earlier deadline holds. */
    synchronized void requestBy(Duration limit) {
        long wanted = ticker.getAsLong() + limit.toNanos();
        deadline = deadline == null || wanted - deadline < 0 ? Long.valueOf(wanted) : deadline;
    }

    /** Stops as if the process had been killed. */
    synchronized void requestCutOff() {
        cutOff = true;
        requestBy(Duration.ZERO);
    }

    /** Stops as soon as possible with an error; if it is called twice, the first error holds. */
    synchronized void requestFor(RuntimeException error) {
        failure = failure == null ? error : failure;
        requestBy(Duration.ZERO);
    }

    /** The error that the execution manager has to stop with. */
    synchronized Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    synchronized boolean requested() {
        return deadline != null;
    }

    synchronized boolean cutOff() {
        return cutOff;
    }

    /** The wanted time, but never beyond the deadline. */
    synchronized Duration atMost(Duration wanted) {
        if (deadline == null) {
            return wanted;
        }
        long left = Math.max(0, deadline - ticker.getAsLong());
        return wanted.toNanos() < left ? wanted : Duration.ofNanos(left);
    }
}
