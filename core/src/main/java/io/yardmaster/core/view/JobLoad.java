package io.yardmaster.core.view;

import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.OpenGraph;
import java.util.Optional;

/**
 * A job as the load that it is for others. Instances read it from each other as JSON, so its names stay.
 *
 * @param graph its stages that have not ended; empty if storage names its tasks
 * @param limit the first limit for which one of its tasks waits; empty if all of it that they need is there
 */
public record JobLoad(JobView view, Optional<OpenGraph> graph, Optional<LimitWait> limit) {
    /** The most stages of a graph that are looked at. */
    public static final int MOST_STAGES = 100;

    /** Returns whether a task of it was ever offered. */
    public boolean begun() {
        return view.assignments().orElse(0) > 0
                || !view.ended().equals(EndCounts.NONE)
                || graph.map(OpenGraph::begun).orElse(false);
    }
}
