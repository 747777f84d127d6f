package io.yardmaster.core.placement;

import java.util.List;

/**
 * The effect of a heartbeat.
 *
 * @param reason one line for a person; empty where nothing is wrong
 * @param released the bookings of an older incarnation, whose tasks are to be made ready again
 */
public record HeartbeatAnswer(Kind kind, String reason, List<Booking> released) {
    /** The kinds of effects. */
    public enum Kind {
        /** The host is new, or was forgotten. */
        JOINED,
        /** The host is as it was. */
        ALIVE,
        /** The host has other resources, labels or another partition. */
        CHANGED,
        /** The host was silent and is back with its bookings. */
        RETURNED,
        /** The host started anew, without bookings. */
        RESTARTED,
        /** The heartbeat has no effect. */
        REFUSED
    }

    public HeartbeatAnswer {
        released = List.copyOf(released);
    }

    static HeartbeatAnswer of(Kind kind) {
        return new HeartbeatAnswer(kind, "", List.of());
    }

    static HeartbeatAnswer refused(String reason) {
        return new HeartbeatAnswer(Kind.REFUSED, reason, List.of());
    }
}
