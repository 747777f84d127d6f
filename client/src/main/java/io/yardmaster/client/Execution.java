package io.yardmaster.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An assignment from being taken to its end; the poll thread and a worker agree here on which of them ends it. */
final class Execution implements HandlerContext {
    private enum State {
        WAITING,
        RUNNING,
        ENDED
    }

    private final Assignment assignment;
    private final EpochFence fence;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private State state = State.WAITING;
    private DropReason reason;

    Execution(Assignment assignment, EpochFence fence) {
        this.assignment = assignment;
        this.fence = fence;
    }

    Assignment assignment() {
        return assignment;
    }

    /** The worker's claim; false if the poll thread has dropped it. */
    synchronized boolean begin() {
        if (state != State.WAITING) {
            return false;
        }
        state = State.RUNNING;
        return true;
    }

    /** The poll thread's claim; false if a worker has begun it. */
    synchronized boolean dropUnlessBegun(DropReason why) {
        if (state != State.WAITING) {
            return false;
        }
        state = State.ENDED;
        cancel(why);
        return true;
    }

    /** The first reason stays. */
    synchronized void cancel(DropReason why) {
        if (reason == null) {
            reason = why;
            cancelled.countDown();
        }
    }

    /** Fixes whether the result counts: empty if it does; a cancellation that comes later changes nothing. */
    synchronized Optional<DropReason> end() {
        Optional<DropReason> dropped = dropReason();
        state = State.ENDED;
        return dropped;
    }

    @Override
    public boolean cancelled() {
        return dropReason().isPresent();
    }

    @Override
    public boolean awaitCancelled(Duration limit) throws InterruptedException {
        return cancelled() || cancelled.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized Optional<DropReason> dropReason() {
        if (reason == null && !fence.admits(assignment.session())) {
            cancel(DropReason.FENCED);
        }
        return Optional.ofNullable(reason);
    }
}
