package io.yardmaster.core.view;

/**
 * A resource group that has active or pending jobs.
 *
 * @param buffered regular tasks of these jobs that wait to be offered
 */
public record GroupView(long group, int activeJobs, long pendingJobs, long buffered) {

    /** The group with the jobs of another level, too. */
    GroupView with(GroupView other) {
        return new GroupView(
                group, activeJobs + other.activeJobs, pendingJobs + other.pendingJobs, buffered + other.buffered);
    }
}
