package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.order.GroupOrder;
import io.yardmaster.core.order.JobOrder;
import io.yardmaster.core.order.Rotation;
import io.yardmaster.core.order.TurnOrder;
import io.yardmaster.core.order.TurnWeights;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The active and pending jobs of one priority, with turns and queues of their own (L1). */
public final class Level {
    /** The level of jobs that nobody gave a priority. It is always there, and does not begin anew when it empties. */
    static final int NORMAL = 0;

    private final int priority;
    private final Groups groups;
    private final PendingJobs pending;
    private final TurnOrder turns;
    private int activeJobs;
    private int groupsWithPlace;
    private long backlog;

    Level(int priority, Policy policy, Storage storage, Keys keys) {
        this.priority = priority;
        this.groups = new Groups(priority, storage, keys);
        this.pending = new PendingJobs(groups, policy.fairness());
        this.turns = policy.fairness() == Fairness.JOB
                ? new JobOrder(policy.activeJobs())
                : new GroupOrder(policy.activeJobs(), groups::touch);
    }

    public int priority() {
        return priority;
    }

    /** The resource groups that have jobs in this level. */
    public Groups groups() {
        return groups;
    }

    public PendingJobs pending() {
        return pending;
    }

    /** The turns of its active jobs among themselves. */
    TurnOrder turns() {
        return turns;
    }

    int activeJobs() {
        return activeJobs;
    }

    /** Buffered tasks of its active jobs. */
    long backlog() {
        return backlog;
    }

    /** Buffered tasks of its active jobs, and pending jobs. */
    long demand() {
        return backlog + pending.size();
    }

    boolean isEmpty() {
        return activeJobs == 0 && pending.size() == 0;
    }

    /** Returns whether its turns go on; those of other levels without active jobs begin anew. */
    boolean takesPart() {
        return activeJobs > 0 || priority == NORMAL;
    }

    void weigh(TurnWeights newWeights) {
        turns.weigh(newWeights);
    }

    /** Counts {@code tasks} newly buffered tasks of an active job. */
    void grow(long tasks) {
        backlog += tasks;
    }

    /** Seats an active job at the tail. */
    void join(Job job) {
        Group group = groups.of(job);
        count(job, group);
        turns.add(job);
        pending.refile(group);
    }

    private void count(Job job, Group group) {
        if (group.activeJobs++ == 0) {
            groupsWithPlace++;
        }
        activeJobs++;
        backlog += job.ready();
    }

    /** Removes an active job; without active jobs the level begins anew, so that its turns need not be stored. */
    void leave(Job job) {
        Group group = groups.of(job);
        if (--group.activeJobs == 0) {
            groupsWithPlace--;
        }
        activeJobs--;
        backlog -= job.ready();
        turns.remove(job);
        if (!takesPart()) {
            turns.beginAnew();
        }
        pending.refile(group);
    }

    /** Returns whether some group has more than one active job, and another group may have the place of one of these (S15). */
    boolean isCrowded() {
        return groupsWithPlace < activeJobs;
    }

    void load() {
        groups.load(turns);
    }

    /** Seats the active jobs that were loaded, and files the loaded groups. */
    void restore(List<Job> active, Rotation.Cursor cursor) {
        List<Job> seated = new ArrayList<>(active);
        seated.sort(Comparator.comparingLong(job -> job.seat));
        for (Job job : seated) {
            count(job, groups.of(job));
        }
        turns.restore(seated, cursor);
        pending.load();
    }

    void flush(StateWriter writer) {
        groups.flush(writer, turns);
    }
}
