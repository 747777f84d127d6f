package io.yardmaster.core.view;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.jobs.Job;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A job as it is listed, in the API under these names.
 *
 * @param group empty only while the job is restoring, as is the lane
 * @param lane the number of its shard; empty until the shard adds it ({@link #in})
 * @param position turns before its next one if it is active, jobs before it if it is pending, finalizing tasks before its
 *     own if that waits; empty otherwise
 * @param exact whether the position is that, and not an estimate: jobs that left a queue in between may count, and where
 *     resource groups take turns, others may come to go first
 * @param bufferedTasks regular tasks that wait to be offered
 * @param assignments regular tasks that were offered in this session; empty where the pages of seen tasks do not tell
 * @param session the current one
 * @param readySinceMs epoch ms at which the event of the next task was made; empty if none waits
 * @param latestEventMs about when its latest event came, in epoch ms; empty while it is finalizing
 */
public record JobView(
        long job,
        OptionalLong group,
        OptionalInt lane,
        State state,
        OptionalLong position,
        boolean exact,
        long bufferedTasks,
        OptionalLong assignments,
        OptionalLong session,
        OptionalLong readySinceMs,
        OptionalLong latestEventMs) {

    /** Where a job is. */
    public enum State {
        ACTIVE,
        PENDING,
        FINALIZING,
        /** Nothing buffered, and no place in the rotation; kept because of the tasks that were seen. */
        IDLE,
        /** No shard that answers knows the job, but one that does not answer may. */
        RESTORING
    }

    /** A job that only a shard that does not answer may know. */
    public static JobView restoring(long job) {
        return new JobView(
                job,
                OptionalLong.empty(),
                OptionalInt.empty(),
                State.RESTORING,
                OptionalLong.empty(),
                true,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    static JobView of(
            Job job, State state, OptionalLong position, boolean exact, OptionalLong session, AgeClock clock) {
        boolean finalizing = state == State.FINALIZING;
        boolean waits = job.waitsToBeFinalized();
        OptionalLong readySince = OptionalLong.empty();
        if (finalizing && waits) {
            readySince = OptionalLong.of(job.finalizingReadyAt);
        } else if (job.queue.size() > 0) {
            readySince = OptionalLong.of(job.queue.headReadyAt());
        }
        OptionalLong seen = job.seen.size();
        return new JobView(
                job.id,
                OptionalLong.of(job.group),
                OptionalInt.empty(),
                state,
                position,
                exact,
                job.queue.size(),
                finalizing || seen.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(seen.getAsLong() - job.queue.size()),
                session,
                readySince,
                finalizing ? OptionalLong.empty() : OptionalLong.of(clock.timeOf(job.latestEvent)));
    }

    /** The same job in this shard. */
    JobView in(int shard) {
        return new JobView(
                job,
                group,
                OptionalInt.of(shard),
                state,
                position,
                exact,
                bufferedTasks,
                assignments,
                session,
                readySinceMs,
                latestEventMs);
    }
}
