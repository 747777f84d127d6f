package io.yardmaster.replay.report;

import java.util.List;
import java.util.Optional;

/**
 * A day under one policy, or as it was.
 *
 * @param name of the policy; "recorded" for the day as it was
 * @param recorded whether this is the day as it was
 * @param tasks that ran
 * @param preempted tasks that lost their hosts to tasks of higher priority, and ran again; a task that did so twice counts twice
 * @param makespan from the first event to the end of the last task, in ms
 * @param slotMillis the slot time that all tasks took
 * @param utilisation the part of the slots in use during the makespan, from 0 to 1; above 1 if the fleet of that day was larger than
 *     the modelled one
 * @param waits of all tasks; empty if none is known
 * @param turnarounds of jobs, from their first event to their end; empty if none is known
 * @param limits the use of the policy's limits, but of that of single jobs
 * @param deadlines of the groups whose jobs have some
 * @param busy the part of the slots in use in each window
 * @param notes sentences about work that was not done
 */
public record DaySide(
        String name,
        boolean recorded,
        long tasks,
        long preempted,
        long makespan,
        long slotMillis,
        double utilisation,
        Optional<WaitRow> waits,
        Optional<WaitRow> turnarounds,
        List<WaitRow> byGroup,
        List<WaitRow> byPriority,
        List<WaitRow> bySize,
        JainIndex jain,
        List<LimitRow> limits,
        List<DeadlineRow> deadlines,
        List<Double> busy,
        List<String> notes) {
    /** The jobs with a deadline of which is known whether they ended in time. */
    public long jobsWithDeadlines() {
        return deadlines.stream().mapToLong(DeadlineRow::jobs).sum();
    }

    /** The jobs that missed their deadline. */
    public long missedDeadlines() {
        return deadlines.stream().mapToLong(DeadlineRow::missed).sum();
    }
}
