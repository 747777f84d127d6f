package io.yardmaster.core.view;

import io.yardmaster.core.values.GraphProgress;
import io.yardmaster.core.values.Run;
import java.util.List;
import java.util.Optional;

/**
 * A job with its queue and its past, in the API under these names.
 *
 * @param runs the first runs of its queue
 * @param bufferedRuns the number of runs in its queue; in a very long queue an upper bound
 * @param graph how far its graph has come; empty if it has none, or that ended too long ago or before too many others
 * @param history oldest first; empty until the shard adds it ({@link JobLocation#in})
 */
public record JobDetail(
        JobView view, List<Run> runs, long bufferedRuns, Optional<GraphProgress> graph, List<HistoryEntry> history) {
    /** The most stages of a graph that are shown. */
    public static final int MOST_STAGES = 100;

    /** A job that only a shard that does not answer may know. */
    public static JobDetail restoring(long job) {
        return new JobDetail(JobView.restoring(job), List.of(), 0, Optional.empty(), List.of());
    }
}
