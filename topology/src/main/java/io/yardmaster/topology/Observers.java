package io.yardmaster.topology;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.views.ShardQueries;

/** The meters, log, queries and pacer that the shards of an instance serve. */
record Observers(Meters meters, SessionLog sessions, ShardQueries queries, IdlePacer pacer) {
    Observers(Meters meters, IdlePacer pacer) {
        this(meters, new SessionLog(), new ShardQueries(pacer), pacer);
    }

    /** For shards that never rest. */
    Observers(Meters meters) {
        this(meters, IdlePacer.restless());
    }

    /** Observers that discard everything. */
    static Observers none() {
        return new Observers(Meters.NONE);
    }
}
