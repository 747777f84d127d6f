package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.values.Fairness;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The jobs that have tasks but no place in the rotation (S4): one queue on disk for each group, and an order of groups. */
public final class PendingJobs {
    private final Groups groups;
    private final AdmissionOrder order;
    private long size;
    private long tasks;

    PendingJobs(Groups groups, Fairness fairness) {
        this.groups = groups;
        this.order = fairness.isByGroup() ? new UnseatedGroupsFirst() : new ArrivalOrder();
    }

    public long size() {
        return size;
    }

    /** Queues a job behind all others of its group. */
    void add(Job job) {
        Group group = groups.of(job);
        queue(job, group, group.pending.append(job.id, job.arrival));
    }

    /** Queues a job that lost its place, ahead of all others of its group, which all arrived later. */
    void putBack(Job job) {
        Group group = groups.of(job);
        queue(job, group, group.pending.prepend(job.id, job.arrival));
    }

    private void queue(Job job, Group group, long place) {
        job.phase = Job.Phase.PENDING;
        job.pendingPlace = place;
        size++;
        grow(group, job.ready());
        refile(group);
    }

    void remove(Job job) {
        Group group = groups.of(job);
        group.pending.remove(job.pendingPlace);
        job.pendingPlace = Job.NOWHERE;
        size--;
        grow(group, -job.ready());
        refile(group);
    }

    /** Counts {@code added} newly buffered tasks of a pending job. */
    void grow(Job job, long added) {
        Group group = groups.of(job);
        grow(group, added);
        groups.touch(group);
    }

    /** The records of an older version have no count of tasks, so that this one is too low for a while. */
    private void grow(Group group, long added) {
        long before = group.pendingTasks;
        group.pendingTasks = Math.max(0, before + added);
        tasks += group.pendingTasks - before;
    }

    /** Buffered tasks of all pending jobs. */
    public long tasks() {
        return tasks;
    }

    /** The id of the job that becomes active next. At least one job must be pending. */
    long next() {
        Group group = Objects.requireNonNull(order.next(), "no job is pending");
        return Objects.requireNonNull(group.pending.peek(), "the group has no pending job")
                .job();
    }

    boolean someGroupHasNoPlace() {
        return order.isForGroupWithoutPlace();
    }

    /** Returns whether a job that arrived earlier always goes first. */
    public boolean isByArrival() {
        return order.isByArrival();
    }

    /** The groups that have pending jobs, by the arrival of the oldest. */
    public List<Group> byOldest() {
        return order.beginningBefore(Long.MAX_VALUE).stream()
                .sorted(Comparator.comparingLong(Group::oldestArrival))
                .toList();
    }

    /** The groups whose oldest pending job arrived earlier, in any order. */
    public List<Group> beginningBefore(long arrival) {
        return order.beginningBefore(arrival);
    }

    /** Must follow every change of a group's active or pending jobs. */
    void refile(Group group) {
        groups.touch(group);
        if (group.filedUnder != Group.NOT_FILED) {
            order.remove(group.filedUnder);
            group.filedUnder = Group.NOT_FILED;
        }
        Fifo.Entry oldest = group.pending.peek();
        if (oldest != null) {
            group.filedUnder = oldest.stamp();
            order.add(group);
        }
    }

    /** Files the loaded groups. Their active jobs must have been counted. */
    void load() {
        for (Group group : groups.all()) {
            size += group.pending.size();
            tasks += group.pendingTasks;
            refile(group);
        }
    }
}
