package io.yardmaster.core.placement;

/**
 * The part of a host that one task has, from its assignment to its end.
 *
 * @param firstOfGang the index of the first task of its gang; its own index if it started alone
 * @param gangSize the number of tasks that started with it, itself included
 * @param at when it was made, in epoch ms
 * @param expectedEnd when its task ends if it takes as long as expected; {@link #NEVER} if nobody knows
 * @param beside {@link Reservation#since} of the reservation that held its host then; {@link #NO_RESERVATION} if none did
 */
public record Booking(
        TaskRef task,
        String host,
        long incarnation,
        Amounts needs,
        int priority,
        boolean preemptible,
        int firstOfGang,
        int gangSize,
        long at,
        long expectedEnd,
        long beside) {
    /** The expected end of a task of which nobody knows how long it takes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Stands for no reservation. */
    public static final long NO_RESERVATION = -1;
}
