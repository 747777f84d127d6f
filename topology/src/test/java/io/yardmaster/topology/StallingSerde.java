package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import java.util.concurrent.CountDownLatch;

/** Holds a stream thread of one instance. */
public final class StallingSerde extends TamperedSerde {
    /** Prefix of the names of the instance's threads. */
    static final String STALLING = "stalling";

    private static volatile CountDownLatch stalled = new CountDownLatch(1);
    private static volatile CountDownLatch released = new CountDownLatch(0);

    /** Stalls the instance from here on. */
    static void stall() {
        stalled = new CountDownLatch(1);
        released = new CountDownLatch(1);
    }

    static void awaitStalled() throws InterruptedException {
        stalled.await();
    }

    static void release() {
        released.countDown();
    }

    @Override
    void beforeSending(TaskAssignment assignment) {
        if (Thread.currentThread().getName().startsWith(STALLING) && released.getCount() > 0) {
            stalled.countDown();
            hold(released);
        }
    }
}
