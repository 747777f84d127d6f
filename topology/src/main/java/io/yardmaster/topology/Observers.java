package io.yardmaster.topology;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.CommitPacers;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.views.PlacementQueries;
import io.yardmaster.topology.views.ShardQueries;

/** The meters, log, queries, pacers and floors that the shards and the placement of an instance serve. */
record Observers(
        Meters meters,
        SessionLog sessions,
        ShardQueries queries,
        PlacementQueries placements,
        IdlePacer pacer,
        CommitPacers commits,
        ThreadFloors floors) {
    Observers(Meters meters, IdlePacer pacer, CommitPacers commits) {
        this(
                meters,
                new SessionLog(),
                new ShardQueries(pacer),
                new PlacementQueries(pacer),
                pacer,
                commits,
                new ThreadFloors());
    }

    /** For shards that never rest, and that Streams has commit. */
    Observers(Meters meters) {
        this(meters, IdlePacer.restless(), CommitPacers.none());
    }

    /** Observers that discard everything. */
    static Observers none() {
        return new Observers(Meters.NONE);
    }
}
