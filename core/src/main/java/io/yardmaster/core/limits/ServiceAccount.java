package io.yardmaster.core.limits;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The service that a group has had of each limit, and the average times of its tasks by shape. */
final class ServiceAccount {
    /** An account has up to so many limits, and shapes; it forgets those that matter least. */
    private static final int MOST = 100;

    private static final long SHARE_OF_NEW = 8;

    private static final int NONE = 0;

    /** The group counts as having had so much of every limit. */
    private long base;
    /** By the key of a limit: the service beyond that. */
    private final Map<String, Long> beyond = new TreeMap<>();
    /** By the number of a shape: the average time of a task plus 1, in ms. */
    private final Map<Integer, Long> times = new TreeMap<>();
    /** The average time of all tasks plus 1, in ms; 0 if none is known. */
    private long time = NONE;

    private long most;

    ServiceAccount(long base) {
        this.base = base;
    }

    static ServiceAccount read(StateReader reader) {
        ServiceAccount account = new ServiceAccount(reader.unsigned());
        account.time = reader.unsigned();
        for (int left = reader.count(); left > 0; left--) {
            account.beyond.put(reader.utf8(), reader.unsigned());
        }
        while (reader.hasMore()) {
            account.times.put(reader.count(), reader.unsigned());
        }
        account.findMost();
        return account;
    }

    void write(StateWriter writer) {
        writer.unsigned(base).unsigned(time).unsigned(beyond.size());
        beyond.forEach((limit, service) -> writer.utf8(limit).unsigned(service));
        times.forEach((shape, average) -> writer.unsigned(shape).unsigned(average));
    }

    /** The service of the limit of which the group has had the largest part. */
    long dominant() {
        return base + most;
    }

    /** The service of that limit that its tasks were counted with. */
    long own() {
        return most;
    }

    /** Counts more service of a limit or, with a negative number, less. */
    void add(String limit, long more) {
        beyond.put(limit, Math.max(0, beyond.getOrDefault(limit, 0L) + more));
        if (beyond.size() > MOST) {
            beyond.remove(Collections.min(beyond.entrySet(), Map.Entry.comparingByValue())
                    .getKey());
        }
        findMost();
    }

    private void findMost() {
        most = 0;
        for (long service : beyond.values()) {
            most = Math.max(most, service);
        }
    }

    /** Has the group count as having had this much, if it has had less. Returns whether that changed something. */
    boolean raise(long least) {
        boolean raised = dominant() < least;
        base += Math.max(0, least - dominant());
        return raised;
    }

    /** The expected time of a task, in ms. */
    long expected(int shape, long unless) {
        long known = times.getOrDefault(shape, time);
        return known == NONE ? unless : known - 1;
    }

    /** Learns from a task that took so long, in ms. */
    void learn(int shape, long ran) {
        if (times.size() < MOST || times.containsKey(shape)) {
            times.put(shape, next(times.getOrDefault(shape, (long) NONE), ran));
        }
        time = next(time, ran);
    }

    private static long next(long before, long ran) {
        if (before == NONE) {
            return ran + 1;
        }
        long more = ran + 1 - before;
        // Rounded away from 0, so that an average that is off by less than the divisor still moves.
        return before + (more + Long.signum(more) * (SHARE_OF_NEW - 1)) / SHARE_OF_NEW;
    }
}
