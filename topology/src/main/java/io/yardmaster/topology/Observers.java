package io.yardmaster.topology;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.CommitPacers;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.views.PlacementQueries;
import io.yardmaster.topology.views.ShardQueries;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The meters, log, queries, pacers and floors that the shards and the placement of an instance serve.
 *
 * @param refusedOutcomes of which the shards have not yet taken note
 * @param globalPositions up to which the global stores have all records
 */
record Observers(
        Meters meters,
        SessionLog sessions,
        ShardQueries queries,
        PlacementQueries placements,
        IdlePacer pacer,
        CommitPacers commits,
        ThreadFloors floors,
        RefusedOutcomes refusedOutcomes,
        Map<TopicPartition, Long> globalPositions) {
    Observers(Meters meters, IdlePacer pacer, CommitPacers commits) {
        this(
                meters,
                new SessionLog(),
                new ShardQueries(pacer),
                new PlacementQueries(pacer),
                pacer,
                commits,
                new ThreadFloors(),
                new RefusedOutcomes(),
                new ConcurrentHashMap<>());
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
