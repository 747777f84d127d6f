package io.yardmaster.core.ticks;

import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import java.util.Map;

/**
 * Writes a log of the calls of one scheduler, from when it is opened: some bytes for each tick that changes something, and for each run
 * of records of one topic. The bytes that were not taken yet are kept in memory;
 * the caller bounds them.
 */
public final class TickLog {
    /** Rises with the layout of the log. */
    static final int LAYOUT = 3;

    /** The one before knew no rates of pools. */
    static final int LAYOUT_OF_GROUP_RATES = 2;

    /** The first one said which weights were followed, and ended where more than weights were. */
    static final int LAYOUT_OF_WEIGHTS = 1;

    static final int OPENED = 0;
    static final int READ = 1;
    static final int FOLLOWED = 2;
    static final int TICKED = 3;
    static final int FLUSHED = 4;
    static final int DECIDED = 5;
    static final int LOST = 6;
    static final int TAKEN = 7;
    /** The kinds of calls are in the lower bits of a call's first byte. */
    static final int KIND_BITS = 3;

    /** The bit behind the kind of {@link #FOLLOWED}: not a session, but a policy. */
    static final int POLICY = 1;

    /** The bit behind the kind of {@link #TAKEN}: nobody said how the assignments ended. */
    static final int UNREPORTED = 1;

    /** Bits of a tick behind its kind: they name the arguments that differ from those of the tick before. */
    static final int NEW_ASSIGNMENTS = 1;

    static final int NEW_WEIGHTS = 2;
    static final int NEW_FLOOR = 4;
    /** Only in logs of the first layout. */
    static final int NEW_MARK = 8;

    static final int NEW_LIMITS = 16;
    static final int NEW_IN_POOLS = 32;

    private static final int NO_RUN = -1;

    private final StateWriter writer = new StateWriter();
    private final DecisionDigest digest = new DecisionDigest();
    private final long[] offsets = new long[TickInput.values().length];

    /** The topic of the run of records that may still grow. */
    private int input = NO_RUN;

    private long runBegin;
    private long runEnd;
    private long runCount;
    private boolean lastWasApplied = true;

    private long latestTick;
    private Budget budget = Budget.of(0);
    private LivePolicy obeyed = LivePolicy.NONE;
    /** True if a policy was followed since the latest tick that is in the log. */
    private boolean isNewPolicy;

    private int digestAtTick;

    private int beforeTick;
    private long latestBefore;
    /** True if the latest tick is the same as the one before it, but for its time and its assignments. */
    private boolean sameTerms;

    private int assignmentsBefore;
    private boolean callsSinceFlush;

    /** Logs that a scheduler was opened. Must be the first call. */
    public void opened(LoggedCall.Beginning beginning, long assignments, Policy policy) {
        writer.unsigned(OPENED)
                .unsigned(LAYOUT)
                .unsigned(LoggedCall.BEGINNINGS.indexOf(beginning))
                .unsigned(assignments)
                .unsigned(policy.activeJobs())
                .unsigned(policy.commitPerCycle())
                .unsigned(policy.cleanupPerCycle())
                .unsigned(policy.finalizingExpiry().toMillis())
                .unsigned(policy.dedupExpiry().toMillis())
                .unsigned(LoggedCall.FAIRNESS.indexOf(policy.fairness()))
                .unsigned(policy.refusedBackoff().toMillis())
                .unsigned(policy.tickInterval().toMillis());
    }

    /** Notes that a record comes, which will be applied or refused. */
    public void comes() {
        if (!lastWasApplied) {
            endRun();
        }
        lastWasApplied = false;
    }

    /** Logs that a record is applied; must precede the call. */
    public void read(TickInput from, long offset) {
        lastWasApplied = true;
        int code = from.code();
        // A command may be applied again, and others between it and the next one may not.
        if (code == input && offset > runEnd && from != TickInput.COMMANDS) {
            runEnd = offset;
            runCount++;
            return;
        }
        endRun();
        input = code;
        runBegin = offset;
        runEnd = offset;
        runCount = 1;
    }

    private void endRun() {
        if (input == NO_RUN) {
            return;
        }
        writer.unsigned(READ | (long) input << KIND_BITS)
                .signed(runBegin - offsets[input])
                .unsigned(runEnd - runBegin)
                .unsigned(runCount);
        offsets[input] = runEnd;
        input = NO_RUN;
        callsSinceFlush = true;
    }

    /** Logs that a session is followed; must precede the call. */
    public void followed(long session) {
        endRun();
        writer.unsigned(FOLLOWED).signed(session);
        callsSinceFlush = true;
    }

    /** Logs that a policy is followed; must precede the call. */
    public void obeyed(LivePolicy live) {
        endRun();
        PolicyCode.write(writer.unsigned(FOLLOWED | (long) POLICY << KIND_BITS), obeyed, live);
        obeyed = live;
        isNewPolicy = true;
        callsSinceFlush = true;
    }

    /** Logs that assignments are released that the fleet has taken; must precede the call. */
    public void taken(long[] ids) {
        taken(TAKEN, ids);
    }

    /** Logs that assignments of graphs' tasks end that the fleet has taken and nobody reported; must precede the call. */
    public void unreported(long[] ids) {
        taken(TAKEN | UNREPORTED << KIND_BITS, ids);
    }

    private void taken(int code, long[] ids) {
        endRun();
        writer.unsigned(code).unsigned(ids.length);
        long before = 0;
        for (long id : ids) {
            writer.signed(id - before);
            before = id;
        }
        callsSinceFlush = true;
    }

    /** Logs a tick; must precede it. */
    public void ticks(long at, Budget newBudget) {
        endRun();
        beforeTick = writer.length();
        latestBefore = latestTick;
        boolean sameWeights = newBudget.weights().equals(budget.weights());
        boolean sameLimits = newBudget.limits().equals(budget.limits());
        int news = (newBudget.assignments() == budget.assignments() ? 0 : NEW_ASSIGNMENTS)
                | (sameWeights ? 0 : NEW_WEIGHTS)
                | (newBudget.floor() == budget.floor() ? 0 : NEW_FLOOR)
                | (sameLimits ? 0 : NEW_LIMITS)
                | (newBudget.inPools() == budget.inPools() ? 0 : NEW_IN_POOLS);
        writer.unsigned(TICKED | (long) news << KIND_BITS).signed(at - latestTick);
        if ((news & NEW_ASSIGNMENTS) != 0) {
            writer.unsigned(newBudget.assignments());
        }
        if (!sameWeights) {
            writeWeights(budget.weights(), newBudget.weights());
        }
        if ((news & NEW_FLOOR) != 0) {
            writer.signed(newBudget.floor());
        }
        if (!sameLimits) {
            PolicyCode.writeChanges(writer, budget.limits(), newBudget.limits());
        }
        if ((news & NEW_IN_POOLS) != 0) {
            writer.unsigned(newBudget.inPools());
        }
        sameTerms = (news & ~NEW_ASSIGNMENTS) == 0 && !isNewPolicy;
        assignmentsBefore = budget.assignments();
        latestTick = at;
        budget = newBudget;
        digestAtTick = digest.value();
    }

    /** Only those that are new or left; a weight of 0 stands for none. */
    private void writeWeights(Map<Long, Double> before, Map<Long, Double> after) {
        long changed = after.entrySet().stream()
                        .filter(group -> !group.getValue().equals(before.get(group.getKey())))
                        .count()
                + before.keySet().stream()
                        .filter(group -> !after.containsKey(group))
                        .count();
        writer.unsigned(changed);
        after.forEach((group, weight) -> {
            if (!weight.equals(before.get(group))) {
                weight(group, weight);
            }
        });
        before.keySet().stream().filter(group -> !after.containsKey(group)).forEach(group -> weight(group, 0));
    }

    private void weight(long group, double weight) {
        PolicyCode.number(writer.signed(group), weight);
    }

    /**
     * Notes the end of the tick.
     *
     * @param changed false if it left no {@link TickTrace}; then the log forgets the tick, unless its terms are new
     */
    public void ticked(boolean changed) {
        if (changed || !sameTerms) {
            callsSinceFlush = true;
            isNewPolicy = false;
        } else {
            writer.cut(beforeTick);
            latestTick = latestBefore;
            budget = new Budget(assignmentsBefore, budget.weights(), budget.floor(), budget.limits(), budget.inPools());
        }
    }

    /**
     * Logs a flush; must follow it. One without a call since the flush before, and without a change, is left out.
     *
     * @param age whether a grown age alone was stored
     * @param changed whether anything was stored
     */
    public void flushed(boolean age, boolean changed) {
        endRun();
        if (callsSinceFlush || changed) {
            writer.unsigned(FLUSHED | (age ? 1L : 0L) << KIND_BITS);
            callsSinceFlush = false;
        }
    }

    /** Takes note of a decision. */
    public void decided(Decision decision) {
        digest.add(decision);
    }

    /** The number of bytes that were not taken. */
    public int size() {
        return writer.length();
    }

    /** Takes the bytes so far. */
    public byte[] take() {
        endRun();
        byte[] bytes = writer.toBytes();
        writer.reset();
        return bytes;
    }

    /** Takes the bytes so far, in the middle of a tick, with a digest of what was decided before the tick. */
    public byte[] takeInTick() {
        writer.unsigned(DECIDED).signed(digestAtTick);
        return take();
    }

    /** Replaces the bytes so far by a mark that calls are missing. */
    public void lose() {
        writer.reset().unsigned(LOST);
    }
}
