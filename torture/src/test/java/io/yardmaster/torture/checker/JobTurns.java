package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Accepted.JobKey;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The turns of the jobs of storage in one shard and session. A job surely had work after one of them if a task made ready behind its next one had been
 * assigned by then: the shard reads in order.
 */
final class JobTurns {
    private final Accepted accepted;
    private final Offers offers;
    private final Map<JobKey, Boolean> hasWork = new HashMap<>();
    private final Map<JobKey, Integer> turns = new HashMap<>();
    private long takenIn = -1;

    JobTurns(Accepted accepted, Offers offers) {
        this.accepted = accepted;
        this.offers = offers;
    }

    /** Takes note of the next turn. Returns whether its job had one before, and work all the time since. */
    boolean hadWorkBefore(Assigned one) {
        takenIn = Math.max(takenIn, accepted.origin(one.unit()).offset());
        JobKey job = new JobKey(one.session(), one.job());
        // A refused task that is offered again has a turn, and leaves the next one where it was.
        int turn = turns.merge(job, offers.isFirst(one) ? 1 : 0, Integer::sum);
        List<Unit> tasks = accepted.of(job);
        boolean waits = turn < tasks.size() && accepted.origin(tasks.get(turn)).offset() <= takenIn;
        return Boolean.TRUE.equals(hasWork.put(job, waits));
    }
}
