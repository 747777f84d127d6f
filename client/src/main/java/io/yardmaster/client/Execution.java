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
    private final Kills kills;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private State state = State.WAITING;
    private Outcome.Dropped dropped;

    Execution(Assignment assignment, EpochFence fence, Kills kills) {
        this.assignment = assignment;
        this.fence = fence;
        this.kills = kills;
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

    /** The poll thread's claim; empty if a worker has begun it. The outcome has the first reason. */
    synchronized Optional<Outcome.Dropped> dropUnlessBegun(DropReason why) {
        if (state != State.WAITING) {
            return Optional.empty();
        }
        state = State.ENDED;
        cancel(why);
        return Optional.of(dropped);
    }

    /** The first reason stays. */
    synchronized void cancel(DropReason why) {
        cancel(new Outcome.Dropped(why));
    }

    /** Fixes whether the result counts: empty if it does; a cancellation that comes later changes nothing. */
    synchronized Optional<Outcome.Dropped> end() {
        Optional<Outcome.Dropped> outcome = dropped();
        state = State.ENDED;
        return outcome;
    }

    /** The reason, if it is cancelled because nobody may run it any more. */
    Optional<DropReason> voidFor() {
        return dropped().filter(Outcome::countsAsDone).map(Outcome.Dropped::reason);
    }

    @Override
    public boolean cancelled() {
        return dropped().isPresent();
    }

    @Override
    public boolean awaitCancelled(Duration limit) throws InterruptedException {
        return cancelled() || cancelled.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized Optional<Outcome.Dropped> dropped() {
        if (dropped == null && !fence.admits(assignment.session())) {
            cancel(DropReason.FENCED);
        }
        if (dropped == null) {
            kills.naming(assignment).map(Outcome.Dropped::new).ifPresent(this::cancel);
        }
        return Optional.ofNullable(dropped);
    }

    private synchronized void cancel(Outcome.Dropped outcome) {
        if (dropped == null) {
            dropped = outcome;
            cancelled.countDown();
        }
    }
}
