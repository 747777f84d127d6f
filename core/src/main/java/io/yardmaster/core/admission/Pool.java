package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.order.GroupOrder;
import io.yardmaster.core.order.JobOrder;
import io.yardmaster.core.order.Rotation;
import io.yardmaster.core.order.TurnOrder;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Who takes part in the rotation and who waits for a place in it (S4, S5). */
public final class Pool {
    private final Policy policy;
    private final JobTable jobs;
    private final Ledger ledger;
    private final Consumer<Decision> decisions;
    private final Groups groups;
    private final ActiveJobs active;
    private final WaitingJobs waiting;
    private int groupsWithPlace;

    public Pool(Policy policy, Storage storage, Keys keys, JobTable jobs, Ledger ledger, Consumer<Decision> decisions) {
        this.policy = policy;
        this.jobs = jobs;
        this.ledger = ledger;
        this.decisions = decisions;
        this.groups = new Groups(storage, keys);
        TurnOrder turns = policy.fairness() == Fairness.JOB
                ? new JobOrder(policy.activeJobs())
                : new GroupOrder(policy.activeJobs(), groups::touch);
        this.active = new ActiveJobs(storage, keys, turns, policy.activeJobs());
        this.waiting = new WaitingJobs(groups, policy.fairness());
    }

    /** Reads as many entries as there are active jobs and groups. */
    public void load(Rotation.Cursor cursor) {
        groups.load(turns());
        active.load(jobs, cursor);
        for (Job job : active) {
            takePlace(groups.of(job));
            ledger.reserve(job.seat);
        }
        waiting.load();
        adjust();
    }

    /** The policy may be another one than when the state was stored. */
    private void adjust() {
        while (active.size() > policy.activeJobs()) {
            demote(turns().dispensable());
        }
        admitWaiting();
        while (waiting.someGroupHasNoPlace() && makeRoom()) {
            admitWaiting();
        }
    }

    public Map<Long, Integer> activeJobsByGroup() {
        Map<Long, Integer> byGroup = new HashMap<>();
        for (Group group : groups.all()) {
            if (group.activeJobs > 0) {
                byGroup.put(group.id(), group.activeJobs);
            }
        }
        return byGroup;
    }

    public ActiveJobs active() {
        return active;
    }

    public TurnOrder turns() {
        return active.turns();
    }

    public long waitingJobs() {
        return waiting.size();
    }

    public WaitingJobs waiting() {
        return waiting;
    }

    public Groups groups() {
        return groups;
    }

    /** So many tasks were buffered of a job that is not finalizing. */
    public void grow(Job job, long added) {
        if (job.phase == Job.Phase.ACTIVE) {
            active.grow(added);
        } else if (job.phase == Job.Phase.PENDING && added > 0) {
            waiting.grow(job, added);
        } else if (job.phase == Job.Phase.IDLE && added > 0) {
            admit(job);
        }
    }

    /** A job that had nothing buffered has now. */
    private void admit(Job job) {
        job.arrival = ledger.nextRank();
        if (active.size() < policy.activeJobs()) {
            activate(job);
        } else if (policy.fairness() == Fairness.RESOURCE_GROUP && groups.of(job).activeJobs == 0 && makeRoom()) {
            activate(job);
        } else {
            waiting.add(job);
            ledger.touch();
            decisions.accept(new Decision.Deferred(job.id, false));
        }
        jobs.touch(job);
    }

    /** The newest active job of the group that has most of them goes back to its queue, if that leaves it others. */
    private boolean makeRoom() {
        if (groupsWithPlace == active.size()) {
            return false;
        }
        demote(turns().dispensable());
        return true;
    }

    private void demote(Job job) {
        deactivate(job);
        if (job.queue.size() > 0) {
            waiting.putBack(job);
            ledger.touch();
            decisions.accept(new Decision.Deferred(job.id, true));
        } else {
            decisions.accept(new Decision.Retired(job.id));
        }
    }

    /** Takes an active job out that has nothing left, and gives its place to another one (S5). */
    public void retire(Job job) {
        dismiss(job);
        decisions.accept(new Decision.Retired(job.id));
        admitWaiting();
    }

    /** Takes a job out, whether it is active, waits, or neither. */
    public void dismiss(Job job) {
        if (job.phase == Job.Phase.ACTIVE) {
            deactivate(job);
        } else if (job.phase == Job.Phase.PENDING) {
            waiting.remove(job);
        }
        job.phase = Job.Phase.IDLE;
        jobs.touch(job);
    }

    /** Gives free places to those that have waited longest. */
    public void admitWaiting() {
        while (active.size() < policy.activeJobs() && waiting.size() > 0) {
            Job next = jobs.get(waiting.next());
            waiting.remove(next);
            activate(next);
        }
    }

    private void activate(Job job) {
        Group group = groups.of(job);
        takePlace(group);
        active.add(job, ledger.nextRank());
        waiting.refile(group);
        jobs.touch(job);
        decisions.accept(new Decision.Joined(job.id));
    }

    private void takePlace(Group group) {
        if (group.activeJobs++ == 0) {
            groupsWithPlace++;
        }
    }

    private void deactivate(Job job) {
        Group group = groups.of(job);
        if (--group.activeJobs == 0) {
            groupsWithPlace--;
        }
        active.remove(job);
        job.phase = Job.Phase.IDLE;
        waiting.refile(group);
        jobs.touch(job);
    }

    public void flush(StateWriter writer) {
        active.flush();
        groups.flush(writer, turns());
    }
}
