package io.yardmaster.core.placement;

import java.util.List;

/**
 * The decision of a plan to start consecutive tasks of an offer, all of one gang or all alone, on one host.
 *
 * @param beside {@link Reservation#since} of the reservation that holds the host; {@link Booking#NO_RESERVATION} if none does
 * @param victims the bookings that must end for the whole gang, or the one task, to start; the first decision of a gang has those for all
 */
public record Placing(
        Offer offer, int firstTask, int tasks, String host, long incarnation, long beside, List<Booking> victims) {
    public Placing {
        victims = List.copyOf(victims);
    }

    /** A decision for which nobody loses a place. */
    public Placing(Offer offer, int firstTask, int tasks, String host, long incarnation, long beside) {
        this(offer, firstTask, tasks, host, incarnation, beside, List.of());
    }

    Placing with(List<Booking> newVictims) {
        return new Placing(offer, firstTask, tasks, host, incarnation, beside, newVictims);
    }
}
