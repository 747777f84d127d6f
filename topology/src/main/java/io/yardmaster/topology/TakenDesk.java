package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.topology.window.ShardWindow;
import java.util.Arrays;
import java.util.function.Consumer;

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
    private final ShardWindow window;
    private final Consumer<Decision> decisions;

    private boolean hasOutcomes;
    private long lookedAt = Long.MIN_VALUE / 2;
    private long seenTakings = -1;
    /** The number of the assignment from which the look under way goes on; -1 if none is. */
    private long from = -1;

    /** @param decisions takes what follows */
    TakenDesk(int shard, AssignmentIds ids, Scheduler scheduler, ShardWindow window, Consumer<Decision> decisions) {
        this.shard = shard;
        this.ids = ids;
        this.scheduler = scheduler;
        this.window = window;
        this.decisions = decisions;
    }

    /** The fleet sends outcomes. */
    void outcomeCame() {
        hasOutcomes = true;
    }

    /** @param now milliseconds of a clock that only goes forward */
    void tick(long now) {
        if (from < 0 && isDue(now)) {
            seenTakings = window.takings();
            lookedAt = now;
            from = 0;
        }
        if (from >= 0) {
            look();
        }
    }

    private boolean isDue(long now) {
        if (now - lookedAt < (hasOutcomes ? INTERVAL_WITH_OUTCOMES_MS : INTERVAL_MS) || !window.isFresh()) {
            return false;
        }
        return window.takings() != seenTakings || now - lookedAt >= LONGEST_INTERVAL_MS;
    }

    private void look() {
        long[] numbers = scheduler.holding(from, MOST_PER_TICK);
        long[] taken = Arrays.stream(window.taken(Arrays.stream(numbers)
                        .map(number -> ids.of(shard, number))
                        .toArray()))
                .map(id -> ids.numberOf(shard, id))
                .toArray();
        if (taken.length > 0) {
            scheduler.apply(new Event.AssignmentsTaken(taken)).forEach(decisions);
        }
        from = numbers.length == MOST_PER_TICK ? numbers[numbers.length - 1] + 1 : -1;
    }
}
