package io.yardmaster.core.placement;

import java.util.Comparator;

/**
 * Tasks with equal needs on one host, for as long as they run.
 *
 * @param end when they are expected to end; {@link Booking#NEVER} if nobody knows
 * @param at when they were booked
 * @param needs of one task, by the numbers of resources
 * @param beside the reservation beside which they were booked
 */
@SuppressWarnings("ArrayRecordComponent") // stays are not compared
record Stay(long end, long at, long[] needs, int tasks, long beside) {
    /** The order in which their ends are expected. */
    static final Comparator<Stay> BY_END = Comparator.comparingLong(Stay::end).thenComparingLong(Stay::at);

    /** True if a reservation must not count on their end. */
    boolean outlasts(long since, long turn) {
        return beside == since && end > turn;
    }
}
