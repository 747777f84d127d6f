package io.yardmaster.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The jobs that have tasks but no place in the rotation: one FIFO queue to the outside (S4), kept as one queue per
 * group. With {@link Fairness#RESOURCE_GROUP} a group without an active job comes before groups that have some, so that
 * no group is kept out by a bigger one (S15).
 */
final class WaitingJobs {
    private final Groups groups;
    private final boolean groupsWithoutPlaceFirst;
    /** Groups by the arrival of their oldest pending job. */
    private final TreeMap<Long, Group> withPlace = new TreeMap<>();

    private final TreeMap<Long, Group> withoutPlace = new TreeMap<>();
    private long size;
    private long tasks;

    WaitingJobs(Groups groups, Fairness fairness) {
        this.groups = groups;
        this.groupsWithoutPlaceFirst = fairness == Fairness.RESOURCE_GROUP;
    }

    long size() {
        return size;
    }

    /** Queues a job behind all others of its group. */
    void add(Job job) {
        Group group = groups.of(job);
        queue(job, group, group.pending.append(job.id, job.arrival));
    }

    /** Queues a job that lost its place before all others of its group, which all arrived later. */
    void putBack(Job job) {
        Group group = groups.of(job);
        queue(job, group, group.pending.prepend(job.id, job.arrival));
    }

    private void queue(Job job, Group group, long place) {
        job.phase = Job.Phase.PENDING;
        job.pendingPlace = place;
        size++;
        grow(group, job.queue.size());
        refile(group);
    }

    void remove(Job job) {
        Group group = groups.of(job);
        group.pending.remove(job.pendingPlace);
        job.pendingPlace = Job.NOWHERE;
        size--;
        grow(group, -job.queue.size());
        refile(group);
    }

    /** A pending job has so many more tasks. */
    void grow(Job job, long added) {
        Group group = groups.of(job);
        grow(group, added);
        groups.touch(group);
    }

    /** What an older version stored does not say how many there were, so for a while there may seem to be too few. */
    private void grow(Group group, long added) {
        long before = group.pendingTasks;
        group.pendingTasks = Math.max(0, before + added);
        tasks += group.pendingTasks - before;
    }

    /** Buffered tasks of all pending jobs. */
    long tasks() {
        return tasks;
    }

    /** Whose turn it is to become active: the id of a job. There is at least one. */
    long next() {
        TreeMap<Long, Group> from = withoutPlace.isEmpty() ? withPlace : withoutPlace;
        Fifo.Entry oldest = from.firstEntry().getValue().pending.peek();
        return oldest.job();
    }

    boolean someGroupHasNoPlace() {
        return !withoutPlace.isEmpty();
    }

    /** Whether a group without an active job goes before one that has some, whenever their jobs arrived. */
    boolean prefersGroups() {
        return groupsWithoutPlaceFirst;
    }

    /** Groups that have pending jobs, by the arrival of the oldest. */
    List<Group> byOldest() {
        List<Group> all = new ArrayList<>(withPlace.values());
        all.addAll(withoutPlace.values());
        all.sort(Comparator.comparingLong(group -> group.filedUnder));
        return all;
    }

    /** Those of them whose oldest pending job arrived earlier. */
    List<Group> beginningBefore(long arrival) {
        List<Group> earlier = new ArrayList<>(withPlace.headMap(arrival).values());
        earlier.addAll(withoutPlace.headMap(arrival).values());
        return earlier;
    }

    /** Must follow every change of a group's active or pending jobs. */
    void refile(Group group) {
        groups.touch(group);
        if (group.filedUnder != Group.NOT_FILED) {
            withPlace.remove(group.filedUnder);
            withoutPlace.remove(group.filedUnder);
            group.filedUnder = Group.NOT_FILED;
        }
        Fifo.Entry oldest = group.pending.peek();
        if (oldest != null) {
            group.filedUnder = oldest.stamp();
            Map<Long, Group> to = groupsWithoutPlaceFirst && group.activeJobs == 0 ? withoutPlace : withPlace;
            to.put(group.filedUnder, group);
        }
    }

    /** Files the groups that were loaded, once their active jobs are known. */
    void load() {
        for (Group group : groups.all()) {
            size += group.pending.size();
            tasks += group.pendingTasks;
            refile(group);
        }
    }
}
