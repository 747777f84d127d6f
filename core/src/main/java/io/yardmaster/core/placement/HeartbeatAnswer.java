package io.yardmaster.core.placement;

import java.util.List;

/**
 * The effect of a heartbeat.
 *
 * @param reason one line for a person; empty where nothing is wrong
 * @param released the bookings of an older incarnation, whose tasks are to be made ready again
 * @param newest the incarnation that the host's next one must exceed if this one is over, else 0
 */
public record HeartbeatAnswer(Kind kind, String reason, List<Booking> released, long newest) {
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
        REFUSED,
        /** It has no effect because the host was silent for too long, or a newer incarnation was and is: it is to start anew. */
        RELEASED,
        /** It has no effect because a newer incarnation has the host's name and is alive. */
        REPLACED
    }

    public HeartbeatAnswer {
        released = List.copyOf(released);
    }

    static HeartbeatAnswer of(Kind kind) {
        return of(kind, "", List.of());
    }

    static HeartbeatAnswer of(Kind kind, String reason, List<Booking> released) {
        return new HeartbeatAnswer(kind, reason, released, 0);
    }

    static HeartbeatAnswer refused(String reason) {
        return of(Kind.REFUSED, reason, List.of());
    }

    static HeartbeatAnswer over(Kind kind, long newest, String reason) {
        return new HeartbeatAnswer(kind, reason, List.of(), newest);
    }

    /** True if the heartbeat has no effect. */
    public boolean isRefused() {
        return kind == Kind.REFUSED || kind == Kind.RELEASED || kind == Kind.REPLACED;
    }
}
