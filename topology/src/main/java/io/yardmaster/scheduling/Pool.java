package io.yardmaster.scheduling;

import java.util.HashMap;
import java.util.Map;

/** Who takes part in the rotation and who waits for a place in it (S4, S5). */
final class Pool {
    private final Policy policy;
    private final JobTable jobs;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Groups groups;
    private final ActiveJobs active;
    private final WaitingJobs waiting;
    private int groupsWithPlace;

    Pool(Policy policy, Storage storage, Keys keys, JobTable jobs, Ledger ledger, Decisions decisions) {
        this.policy = policy;
        this.jobs = jobs;
        this.ledger = ledger;
        this.decisions = decisions;
        this.groups = new Groups(storage, keys, policy);
        Turns turns =
                policy.fairness() == Fairness.JOB ? new Turns.OfJobs(policy.activeJobs()) : new Turns.OfGroups(groups);
        this.active = new ActiveJobs(storage, keys, turns, policy.activeJobs());
        this.waiting = new WaitingJobs(groups, policy.fairness());
    }

    void load() {
        groups.load();
        active.load(jobs, ledger.cursor);
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

    Map<Long, Integer> activeJobsByGroup() {
        Map<Long, Integer> byGroup = new HashMap<>();
        for (Group group : groups.all()) {
            if (group.activeJobs > 0) {
                byGroup.put(group.id, group.activeJobs);
            }
        }
        return byGroup;
    }

    ActiveJobs active() {
        return active;
    }

    Turns turns() {
        return active.turns();
    }

    long waitingJobs() {
        return waiting.size();
    }

    WaitingJobs waiting() {
        return waiting;
    }

    Groups groups() {
        return groups;
    }

    /** A job that had nothing buffered has now. */
    void admit(Job job) {
        job.arrival = ledger.nextRank();
        if (active.size() < policy.activeJobs()) {
            activate(job);
        } else if (policy.fairness() == Fairness.RESOURCE_GROUP && groups.of(job).activeJobs == 0 && makeRoom()) {
            activate(job);
        } else {
            waiting.add(job);
            ledger.changed = true;
            decisions.await(job.id, false);
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
            ledger.changed = true;
            decisions.await(job.id, true);
        } else {
            decisions.retire(job.id);
        }
    }

    /** Takes an active job out that has nothing left, and gives its place to another one (S5). */
    void retire(Job job) {
        dismiss(job);
        decisions.retire(job.id);
        admitWaiting();
    }

    /** Takes a job out, whether it is active, waits, or neither. */
    void dismiss(Job job) {
        if (job.phase == Job.Phase.ACTIVE) {
            deactivate(job);
        } else if (job.phase == Job.Phase.PENDING) {
            waiting.remove(job);
        }
        job.phase = Job.Phase.IDLE;
        jobs.touch(job);
    }

    /** Gives free places to those that have waited longest. */
    void admitWaiting() {
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
        decisions.join(job.id);
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

    void flush(RecordWriter writer) {
        active.flush();
        groups.flush(writer);
    }
}
