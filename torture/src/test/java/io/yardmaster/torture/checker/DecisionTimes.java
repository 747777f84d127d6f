package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The times before which assignments were not decided. The brokers' time of an assignment is that of its record, which an instance may send
 * long after the decision while brokers are dead or processors busy. But a shard decides nothing more before its latest transaction is over.
 */
final class DecisionTimes {
    /** A transaction is open for less, by the brokers' clock: they abort it then. */
    static final long LONGEST_TRANSACTION_MS = 20_000;

    private final Map<Integer, TreeSet<Long>> byShard = new HashMap<>();
    private final Accepted accepted;

    private DecisionTimes(Accepted accepted) {
        this.accepted = accepted;
    }

    static DecisionTimes of(Evidence evidence, Accepted accepted) {
        DecisionTimes times = new DecisionTimes(accepted);
        evidence.assigned().forEach(one -> times.byShard
                .computeIfAbsent(accepted.shard(one.job()), shard -> new TreeSet<>())
                .add(one.time()));
        return times;
    }

    /**
     * The time of the shard's latest assignment that is too old to be in the same transaction: it was over before this one was decided. If
     * there is none the shard has just begun, and this one's own time counts.
     */
    long earliest(Assigned one) {
        Long before = byShard.get(accepted.shard(one.job())).floor(one.time() - LONGEST_TRANSACTION_MS);
        return before == null ? one.time() : before;
    }
}
