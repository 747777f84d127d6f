package io.yardmaster.client;

import java.time.Duration;
import java.time.Instant;
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
    private final RunTime time;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private State state = State.WAITING;
    private Ending.Dropped dropped;
    private int tries;

    Execution(Assignment assignment, EpochFence fence, Kills kills, RunTime time) {
        this.assignment = assignment;
        this.fence = fence;
        this.kills = kills;
        this.time = time;
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

    synchronized boolean hasEnded() {
        return state == State.ENDED;
    }

    /** The number of the try that begins now, from 1. Its run begins with the first: before that it may still be dropped. */
    synchronized int nextTry() {
        if (tries == 0) {
            time.begin();
        }
        return ++tries;
    }

    /** The poll thread's claim; empty if a worker has begun it. The ending has the first reason. */
    synchronized Optional<Ending.Dropped> dropUnlessBegun(DropReason why) {
        if (state != State.WAITING) {
            return Optional.empty();
        }
        state = State.ENDED;
        time.end();
        cancel(why);
        return Optional.of(dropped);
    }

    /** The first reason stays. */
    synchronized void cancel(DropReason why) {
        cancel(new Ending.Dropped(why));
    }

    /**
     * Decides whether the handler's result counts: not if the execution was dropped, nor if it ran too long. A
     * cancellation that comes later changes nothing.
     */
    synchronized Ending end(Ending result) {
        Optional<Ending.Dropped> instead = dropped();
        boolean tooLong = time.isOver();
        state = State.ENDED;
        time.end();
        if (instead.isPresent()) {
            return instead.get();
        }
        return tooLong ? new Ending.Failed(ranTooLong(result), tries) : result;
    }

    /** Call it after the end only. */
    synchronized Instant startedAt() {
        return time.startedAt();
    }

    /** Call it after the end only. */
    synchronized Instant endedAt() {
        return time.endedAt();
    }

    /** The reason, if it is cancelled because nobody may run it any more. */
    Optional<DropReason> voidFor() {
        return dropped().filter(Ending::countsAsDone).map(Ending.Dropped::reason);
    }

    @Override
    public boolean cancelled() {
        return dropped().isPresent() || nanosLeft() <= 0;
    }

    @Override
    public boolean awaitCancelled(Duration limit) throws InterruptedException {
        return cancelled()
                || cancelled.await(Math.min(limit.toNanos(), nanosLeft()), TimeUnit.NANOSECONDS)
                || cancelled();
    }

    private synchronized long nanosLeft() {
        return time.nanosLeft();
    }

    private TaskFailedException ranTooLong(Ending result) {
        String reason = "ran longer than " + assignment.timeout().toMillis() + " ms";
        return new TaskFailedException(reason, result instanceof Ending.Failed failed ? failed.lastError() : null);
    }

    private synchronized Optional<Ending.Dropped> dropped() {
        if (dropped == null && !fence.admits(assignment.session())) {
            cancel(DropReason.FENCED);
        }
        if (dropped == null) {
            kills.naming(assignment).map(Ending.Dropped::new).ifPresent(this::cancel);
        }
        return Optional.ofNullable(dropped);
    }

    private synchronized void cancel(Ending.Dropped ending) {
        if (dropped == null) {
            dropped = ending;
            cancelled.countDown();
        }
    }
}
