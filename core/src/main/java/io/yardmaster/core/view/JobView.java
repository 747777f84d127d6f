package io.yardmaster.core.view;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.jobs.Job;
import java.util.OptionalLong;

/**
 * One job as a person sees it.
 *
 * @param position turns before its next one if it is active, jobs before it if it is pending, finalizing tasks before its
 *     own if that waits; empty otherwise
 * @param exact false if the position is an estimate: it may count jobs that left the queue, and where resource groups take
 *     turns, other jobs may still go first
 * @param buffered its regular tasks that wait to be offered
 * @param offered its regular tasks that were offered in this session; empty if that number is not known, see
 *     {@link io.yardmaster.core.jobs.SeenTasks#size}, or the job is finalizing
 * @param readySince epoch ms at which the event of the next task was made; empty if none waits
 * @param latestEvent about the epoch ms at which its latest event came; empty while it is finalizing
 */
public record JobView(
        long job,
        long group,
        State state,
        OptionalLong position,
        boolean exact,
        long buffered,
        OptionalLong offered,
        OptionalLong readySince,
        OptionalLong latestEvent) {

    /** The state of a job. */
    public enum State {
        ACTIVE,
        PENDING,
        FINALIZING,
        /** Has no buffered task and no place in the rotation; kept so that no attempt of its tasks is offered again. */
        IDLE
    }

    static JobView of(Job job, State state, OptionalLong position, boolean exact, AgeClock clock) {
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
                job.group,
                state,
                position,
                exact,
                job.queue.size(),
                finalizing || seen.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(seen.getAsLong() - job.queue.size()),
                readySince,
                finalizing ? OptionalLong.empty() : OptionalLong.of(clock.timeOf(job.latestEvent)));
    }
}
