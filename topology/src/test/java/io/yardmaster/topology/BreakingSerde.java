package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A serde that, once armed, holds the first thread until it is released, and fails on all others. */
public final class BreakingSerde extends TamperedSerde {
    static final String FAILURE = "broken on purpose";

    private static final Map<Long, Thread> SENDERS = new ConcurrentHashMap<>();
    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    private static volatile boolean breaks;

    /** The thread that sent the latest assignment of a job; null if none did. */
    static Thread sender(long job) {
        return SENDERS.get(job);
    }

    static void breakFromNowOn() {
        breaks = true;
    }

    static void awaitHeld() throws InterruptedException {
        HELD.await();
    }

    static void release() {
        RELEASED.countDown();
    }

    @Override
    void beforeSending(TaskAssignment assignment) {
        SENDERS.put(assignment.getJobId(), Thread.currentThread());
        if (!breaks) {
            return;
        }
        if (!isFirst()) {
            throw new IllegalStateException(FAILURE);
        }
        hold(RELEASED);
    }

    private static synchronized boolean isFirst() {
        boolean first = HELD.getCount() > 0;
        HELD.countDown();
        return first;
    }
}
