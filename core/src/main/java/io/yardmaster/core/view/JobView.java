package io.yardmaster.core.view;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.values.EndCounts;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A job as it is listed, in the API under these names.
 *
 * @param group empty only while the job is restoring, as is the lane
 * @param lane the number of its shard; empty until the shard adds it ({@link #in})
 * @param position turns before its next one, among them one for each task of a higher priority, if it is active, jobs before it if it is pending, finalizing tasks before its
 *     own if that waits; empty otherwise
 * @param exact false if the position is an estimate: it may count jobs that left the queue, and where resource groups take
 *     turns, other jobs may still go first
 * @param bufferedTasks its regular tasks that wait to be offered
 * @param assignments its regular tasks that were offered in this session; empty if that number is not known, see
 *     {@link io.yardmaster.core.jobs.SeenTasks#size}, or the job is finalizing
 * @param session the current session; empty before the first event
 * @param readySinceMs epoch ms at which the event of the next task was made; empty if none waits
 * @param ended its assignments of all kinds that have ended in this session, as far as execution managers send outcomes
 * @param latestEventMs about the epoch ms at which its latest event or outcome came; empty while it is finalizing
 * @param priority by which it goes before other jobs or after them; 0 if nobody gave it one
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
        EndCounts ended,
        OptionalLong session,
        OptionalLong readySinceMs,
        OptionalLong latestEventMs,
        int priority) {

    /** The state of a job. */
    public enum State {
        ACTIVE,
        PENDING,
        FINALIZING,
        /** None of its tasks is offered until a command ends its pause; its gate may be closed. */
        PAUSED,
        /** Its tasks wait for limits, and none may be offered yet. */
        PARKED,
        /** Has no buffered task and no place in the rotation; kept so that no attempt of its tasks is offered again. */
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
                EndCounts.NONE,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0);
    }

    static JobView of(
            Job job, State state, OptionalLong position, boolean exact, OptionalLong session, AgeClock clock) {
        boolean finalizing = job.phase == Job.Phase.FINALIZING;
        boolean waits = job.waitsToBeFinalized();
        OptionalLong readySince = OptionalLong.empty();
        if (finalizing && waits) {
            readySince = OptionalLong.of(job.finalizingReadyAt);
        } else if (job.waiting() > 0) {
            readySince = OptionalLong.of(job.oldestReadyAt());
        }
        OptionalLong seen = job.seen.size();
        return new JobView(
                job.id,
                OptionalLong.of(job.group),
                OptionalInt.empty(),
                state,
                position,
                exact,
                job.waiting(),
                finalizing || seen.isEmpty() ? OptionalLong.empty() : OptionalLong.of(seen.getAsLong() - job.waiting()),
                job.ends.counts(),
                session,
                readySince,
                finalizing ? OptionalLong.empty() : OptionalLong.of(clock.timeOf(job.latestEvent)),
                job.priority);
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
                ended,
                session,
                readySinceMs,
                latestEventMs,
                priority);
    }
}
