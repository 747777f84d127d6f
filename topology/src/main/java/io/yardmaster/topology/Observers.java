package io.yardmaster.topology;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.views.ShardQueries;

/** Who is told, or may ask, what the shards of an instance do. */
record Observers(Meters meters, SessionLog sessions, ShardQueries inquiries, IdlePacer pacer) {
    Observers(Meters meters, IdlePacer pacer) {
        this(meters, new SessionLog(), new ShardQueries(pacer), pacer);
    }

    /** Of shards that are always at work. */
    Observers(Meters meters) {
        this(meters, IdlePacer.restless());
    }

    /** Nobody. */
    static Observers none() {
        return new Observers(Meters.NONE);
    }
}
