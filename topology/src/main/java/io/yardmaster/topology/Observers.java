package io.yardmaster.topology;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.views.Inquiries;

/** Who is told, or may ask, what the lane partitions of an instance do. */
record Observers(Meters meters, SessionLog sessions, Inquiries inquiries) {
    Observers(Meters meters) {
        this(meters, new SessionLog(), new Inquiries());
    }

    /** Nobody. */
    static Observers none() {
        return new Observers(Meters.NONE);
    }
}
