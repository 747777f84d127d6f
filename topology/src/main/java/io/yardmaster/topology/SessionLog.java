package io.yardmaster.topology;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once for all shards of an instance that a newer session began. */
final class SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    private final AtomicLong newest = new AtomicLong(-1);

    /** A shard goes on in this session, which began earlier. */
    void goesOn(long session) {
        newest.accumulateAndGet(session, Math::max);
    }

    void began(long session, int shard) {
        long before = newest.getAndAccumulate(session, Math::max);
        if (session > before) {
            LOG.info("session {} began, seen in shard {}", session, shard);
        }
    }
}
