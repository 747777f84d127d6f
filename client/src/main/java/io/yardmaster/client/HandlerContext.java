package io.yardmaster.client;

import java.time.Duration;

/** Tells a running handler whether its result still counts. */
public interface HandlerContext {

    /**
     * True once the result will not count: the session is over, a kill names the assignment, the partition was taken
     * away or the lock was lost, or the execution manager closes and its time is up. Never becomes false again. A
     * handler may go on, but its result or exception is reported as dropped.
     */
    boolean cancelled();

    /** Sleeps until the assignment is cancelled (true) or this time has passed (false). */
    boolean awaitCancelled(Duration limit) throws InterruptedException;
}
