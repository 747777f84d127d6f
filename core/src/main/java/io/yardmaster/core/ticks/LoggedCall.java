package io.yardmaster.core.ticks;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import java.util.List;
import java.util.OptionalLong;

/** A call of a scheduler, as a log has it. */
public sealed interface LoggedCall {
    /** By their numbers in the log, which never change. */
    List<Fairness> FAIRNESS = List.of(Fairness.JOB, Fairness.RESOURCE_GROUP, Fairness.WEIGHTED, Fairness.DRF);

    /** Likewise. */
    List<Beginning> BEGINNINGS = List.of(Beginning.FRESH, Beginning.LOGGED, Beginning.UNLOGGED);

    /** Says how complete a log is at the point at which a scheduler was opened. */
    enum Beginning {
        /** The scheduler had no state. */
        FRESH,
        /** It went on from the state behind the calls that are logged before. */
        LOGGED,
        /** It had a state from calls that nobody logged. */
        UNLOGGED
    }

    /**
     * A scheduler was opened.
     *
     * @param assignments made before, by all earlier ones
     */
    record Opened(Beginning beginning, long assignments, Policy policy) implements LoggedCall {}

    /**
     * Records were applied, in the order of their offsets.
     *
     * @param first the first one's offset
     * @param last the last one's offset
     * @param count of them; offsets in between may be missing, as of the marker of a transaction
     */
    record Read(TickInput input, long first, long last, long count) implements LoggedCall {}

    /** A session was followed that another scheduler saw first. */
    record Followed(long session) implements LoggedCall {}

    /** A policy was followed: the part of it that is this scheduler's. */
    record Obeyed(LivePolicy live) implements LoggedCall {}

    /** Assignments were released that the fleet had taken, without outcomes. */
    record Taken(List<Long> ids) implements LoggedCall {}

    /** Assignments of graphs' tasks ended that the fleet had taken, without outcomes. */
    record Unreported(List<Long> ids) implements LoggedCall {}

    /**
     * The scheduler ticked.
     *
     * @param at epoch ms
     * @param weightsMark of the {@link LivePolicy} that it followed; empty in logs that say by {@link Obeyed} what was followed
     */
    record Ticked(long at, Budget budget, OptionalLong weightsMark) implements LoggedCall {}

    /**
     * The scheduler flushed its changes.
     *
     * @param age whether a grown age alone was stored
     */
    record Flushed(boolean age) implements LoggedCall {}

    /** Says which decisions were made before the latest tick. */
    record Decided(int digest) implements LoggedCall {}

    /** Calls are missing here: nothing could carry the log for too long or, in the first layout, the policy had more than weights. */
    record Lost() implements LoggedCall {}
}
