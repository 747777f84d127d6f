package io.yardmaster.core.placement;

/**
 * Tasks of an offer for which a plan found no place.
 *
 * @param firstTask the first of them; the offer's tasks behind it have no place either
 */
public record BlockedOffer(Offer offer, int firstTask, Reason reason) {

    /** The reason why a task has no place. */
    public enum Reason {
        /** No host has room now; one that was empty would. */
        NO_ROOM,
        /** There is room only on hosts that are reserved for a task before it. */
        RESERVED,
        /** Not even the empty fleet has room. */
        FITS_NOWHERE,
        /** The plan had as many tasks as it may place. */
        PLAN_LIMIT
    }
}
