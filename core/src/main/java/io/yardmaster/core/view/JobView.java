package io.yardmaster.core.view;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.jobs.Job;
import java.util.OptionalLong;

/**
 * What is known of one job.
 *
 * @param position turns before its next one if it is active, jobs before it if it is pending, finalizing tasks before its
 *     own if that waits; empty otherwise
 * @param exact whether the position is that, and not an estimate: jobs that left a queue in between may count, and where
 *     resource groups take turns, others may come to go first
 * @param buffered its regular tasks that wait to be offered
 * @param offered its regular tasks that were offered in this session; empty where what was seen of it is in pages
 * @param readySince epoch ms at which the event of the next task was made; empty if none waits
 * @param latestEvent about when its latest event came, in epoch ms; empty while it is finalizing
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

    /** Where a job is. */
    public enum State {
        ACTIVE,
        PENDING,
        FINALIZING,
        /** Nothing buffered, and no place in the rotation; kept for what was seen of it. */
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
