package io.yardmaster.core.placement;

/**
 * The decision of a plan to start consecutive tasks of an offer, all of one gang or all alone, on one host.
 *
 * @param beside {@link Reservation#since} of the reservation that holds the host; {@link Booking#NO_RESERVATION} if none does
 */
public record Placing(Offer offer, int firstTask, int tasks, String host, long incarnation, long beside) {}
