package io.yardmaster.topology;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.views.Inquiries;

/** Who is told, or may ask, what the lane partitions of an instance do. */
record Observers(Meters meters, SessionLog sessions, Inquiries inquiries, IdlePacer pacer) {
    Observers(Meters meters, IdlePacer pacer) {
        this(meters, new SessionLog(), new Inquiries(pacer), pacer);
    }

    /** Of lane partitions that are always at work. */
    Observers(Meters meters) {
        this(meters, IdlePacer.restless());
    }

    /** Nobody. */
    static Observers none() {
        return new Observers(Meters.NONE);
    }
}
