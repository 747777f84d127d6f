package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.topology.window.ShardWindow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/**
 * Has assignments that the execution managers' group has committed release what they hold of limits, if no outcome did: there are
 * execution managers that send none (O3). A release is part of the shard's state, so each happens once.
 */
final class TakenDesk {
    private static final int MOST_PER_TICK = 64;
    private static final long INTERVAL_MS = 20;
    /** With outcomes there is nothing to be found but for assignments whose outcome is on its way. */
    private static final long INTERVAL_WITH_OUTCOMES_MS = 5_000;
    /** An assignment may be settled later than the group has committed it. */
    private static final long LONGEST_INTERVAL_MS = 1_000;

    private final int shard;
    private final AssignmentIds ids;
    private final Scheduler scheduler;
    private final ShardPools pools;
    private final TickRecorder ticks;
    private final BiConsumer<Decision, String> decisions;
    private final MisreportedJobs misreported;
    private final UnreportedDesk unreported;

    /** The pools whose execution managers send outcomes. */
    private final Set<String> tellers = new HashSet<>();
    /** True if the latest look found an assignment of a pool whose execution managers send no outcomes. */
    private boolean isSilent = true;

    private boolean foundSilent;
    private boolean foundAny;
    private long lookedAt = Long.MIN_VALUE / 2;
    private long seenTakings = -1;
    /** The number of the assignment from which the look under way goes on; -1 if none is. */
    private long from = -1;

    /**
     * Makes a desk.
     *
     * @param ticks sees what the scheduler is asked
     * @param decisions takes what follows, and the pool of a task that has ended by it
     */
    TakenDesk(
            int shard,
            AssignmentIds ids,
            Scheduler scheduler,
            ShardPools pools,
            MisreportedJobs misreported,
            TickRecorder ticks,
            BiConsumer<Decision, String> decisions) {
        this.ticks = ticks;
        this.shard = shard;
        this.ids = ids;
        this.scheduler = scheduler;
        this.pools = pools;
        this.decisions = decisions;
        this.misreported = misreported;
        this.unreported = new UnreportedDesk(shard, ids, scheduler, pools, misreported, ticks, decisions);
    }

    /** The fleet of a pool sends outcomes. */
    void outcomeCame(String pool) {
        if (tellers.isEmpty()) {
            isSilent = false;
        }
        tellers.add(pool);
        unreported.outcomeCame();
    }

    /** Stores what was noted since the latest commit. */
    void store() {
        misreported.store();
    }

    /** @param now milliseconds of a clock that only goes forward */
    void tick(long now) {
        if (from < 0 && isDue(now)) {
            seenTakings = pools.takings();
            lookedAt = now;
            from = 0;
            foundSilent = false;
            foundAny = false;
        }
        if (from >= 0) {
            look();
        }
        unreported.tick(now);
    }

    private boolean isDue(long now) {
        if (now - lookedAt < (isSilent ? INTERVAL_MS : INTERVAL_WITH_OUTCOMES_MS)) {
            return false;
        }
        return pools.takings() != seenTakings || now - lookedAt >= LONGEST_INTERVAL_MS;
    }

    private void look() {
        long[] numbers = scheduler.holding(from, MOST_PER_TICK);
        Map<String, List<Long>> byPool = new TreeMap<>();
        for (long number : numbers) {
            byPool.computeIfAbsent(scheduler.poolOf(number), first -> new ArrayList<>())
                    .add(ids.of(shard, number));
        }
        foundAny |= numbers.length > 0;
        foundSilent |= !tellers.containsAll(byPool.keySet());
        long[] taken = byPool.entrySet().stream()
                .flatMapToLong(pool -> taken(pool.getKey(), pool.getValue()))
                .map(id -> ids.numberOf(shard, id))
                .toArray();
        if (taken.length > 0) {
            ticks.takes(taken);
            scheduler.apply(new Event.AssignmentsTaken(taken)).forEach(decision -> decisions.accept(decision, ""));
        }
        from = numbers.length == MOST_PER_TICK ? numbers[numbers.length - 1] + 1 : -1;
        if (from < 0 && foundAny) {
            isSilent = foundSilent;
        }
    }

    private LongStream taken(String pool, List<Long> held) {
        // A host is in no group.
        long[] ofGroup = held.stream()
                .mapToLong(Long::longValue)
                .filter(id -> !pools.isPlaced(pool, ids.numberOf(shard, id)))
                .toArray();
        ShardWindow window = ofGroup.length == 0 ? null : pools.obtain(pool);
        return window == null ? LongStream.empty() : LongStream.of(window.taken(ofGroup));
    }
}
