package io.yardmaster.core.ticks;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import java.util.function.LongSupplier;

/**
 * Tells which ticks leave a trace in their scheduler. If one leaves none, and has the weights, the floor and the policy of the tick before,
 * then all later decisions are the same without it, so that a log does not need it.
 */
public final class TickTrace {
    private final LongSupplier changes;
    private long before;
    private boolean isLeft;

    /** @param changes grows with {@link io.yardmaster.core.Scheduler#changes}, and with each change of the scheduler's storage */
    public TickTrace(LongSupplier changes) {
        this.changes = changes;
    }

    /**
     * Notes that a tick begins.
     *
     * @param demand just before it
     */
    public void begins(Budget budget, Demand demand) {
        before = changes.getAsLong();
        // The rotation may move also if it comes upon no task.
        isLeft = budget.assignments() > 0 && demand.isSomething();
    }

    /** Notes a decision. */
    public void decided() {
        isLeft = true;
    }

    /** Returns whether the tick that has ended left a trace. */
    public boolean isLeft() {
        return isLeft || changes.getAsLong() != before;
    }
}
