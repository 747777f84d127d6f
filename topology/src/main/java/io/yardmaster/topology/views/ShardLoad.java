package io.yardmaster.topology.views;

import io.yardmaster.core.values.RunningTask;
import io.yardmaster.core.values.StageTimes;
import io.yardmaster.core.view.JobLoad;
import java.util.List;

/**
 * The work that a shard has, for estimates of when a job starts. Other instances read it as JSON, so its names stay.
 *
 * @param places jobs that can be active at once
 * @param ordered the number of jobs that were read in the order in which they wait; the others are behind them
 * @param complete false if it has more jobs than were looked at
 * @param jobs those with tasks that wait or run, each once, in the order of a {@link io.yardmaster.core.view.JobPage}
 * @param running the latest assignments that have not ended
 * @param times how long tasks took lately
 * @param began the begins of the latest tasks of the default pool, in epoch ms
 * @param ended their ends, in the same order
 */
public record ShardLoad(
        int partition,
        int places,
        int ordered,
        boolean complete,
        List<JobLoad> jobs,
        List<RunningTask> running,
        List<StageTimes> times,
        List<Long> began,
        List<Long> ended) {

    /** A shard without its jobs. */
    public static ShardLoad of(ShardSnapshotSource source) {
        ShardRecord record = source.record();
        return new ShardLoad(
                source.shard(),
                source.scheduler().view().places(),
                0,
                false,
                List.of(),
                record.recent().running(source.used()),
                record.recent().times(),
                record.recent().began(),
                record.recent().ended());
    }

    /** The same shard with its jobs. */
    public ShardLoad with(List<JobLoad> all, int inOrder, boolean isComplete) {
        return new ShardLoad(partition, places, inOrder, isComplete, all, running, times, began, ended);
    }

    /** Returns whether all jobs that wait before this one are among those that were read. */
    public boolean knowsWhatIsBefore(long job) {
        return complete
                || jobs.stream().limit(ordered).anyMatch(load -> load.view().job() == job);
    }
}
