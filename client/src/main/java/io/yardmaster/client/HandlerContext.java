package io.yardmaster.client;

import java.time.Duration;

/** Tells a running handler whether its result still counts. */
public interface HandlerContext {

    /**
     * True once the result will not count: the session is over, a kill names the assignment, the partition was taken
     * away or the lock was lost, the execution manager closes and its time is up, or the assignment's handler, all tries
     * and pauses together, has run for its {@link Assignment#timeout()}. Never becomes false again. A handler may go on,
     * but its result or exception is reported as dropped, or after a timeout as failed.
     */
    boolean cancelled();

    /** Sleeps until the assignment is cancelled (true) or this time has passed (false). */
    boolean awaitCancelled(Duration limit) throws InterruptedException;
}
