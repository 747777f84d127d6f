package io.yardmaster.core.limits;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskEnd;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Gives the units back that an assignment holds, once, when it ends (L5). */
final class Releases {
    private final Shapes shapes;
    private final Registry registry;
    private final Lines lines;
    private final HeldUnits holdings;
    private final @Nullable ShareOrder shares;
    private final LongConsumer enlist;

    /**
     * Releases what is in these.
     *
     * @param shares null unless groups go by dominant shares
     * @param enlist takes a job of which one more task may run by the limit of jobs
     */
    Releases(
            Shapes shapes,
            Registry registry,
            Lines lines,
            HeldUnits holdings,
            @Nullable ShareOrder shares,
            LongConsumer enlist) {
        this.shapes = shapes;
        this.registry = registry;
        this.lines = lines;
        this.holdings = holdings;
        this.shares = shares;
        this.enlist = enlist;
    }

    /** Returns false, and releases nothing, if another task holds something by this number. */
    boolean release(long number, Event.AssignmentEnded outcome) {
        HeldUnits.Held held = holdings.find(number, shapes);
        if (held != null) {
            if (!held.isOf(outcome)) {
                return false;
            }
            boolean hasRun = outcome.end() != TaskEnd.REFUSED;
            release(number, held, hasRun ? outcome.ran() : 0, hasRun);
        }
        return true;
    }

    /** Releases what an assignment holds of which nobody says how it ended. */
    void release(long number) {
        HeldUnits.Held held = holdings.find(number, shapes);
        if (held != null) {
            release(number, held, Event.AssignmentEnded.UNKNOWN, false);
        }
    }

    private void release(long number, HeldUnits.Held held, long ran, boolean learn) {
        holdings.remove(number);
        registry.count(held, -1);
        if (shares != null) {
            shares.ran(held, ran, learn);
        }
        lines.released(held.shape(), held.group());
        if (registry.limitsJobs()) {
            enlist.accept(held.job());
        }
    }
}
