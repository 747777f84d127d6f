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

/** The jobs that take part in the rotation, and those that wait for a place in it (S4, S5). */
public final class Pool {
    private final Policy policy;
    private final JobTable jobs;
    private final Ledger ledger;
    private final Consumer<Decision> decisions;
    private final Groups groups;
    private final ActiveJobs active;
    private final PendingJobs pending;
    private final PausedJobs paused;
    private int groupsWithPlace;

    public Pool(
            Policy policy,
            Storage storage,
            Keys keys,
            JobTable jobs,
            PausedJobs paused,
            Ledger ledger,
            Consumer<Decision> decisions) {
        this.policy = policy;
        this.jobs = jobs;
        this.ledger = ledger;
        this.decisions = decisions;
        this.groups = new Groups(storage, keys);
        TurnOrder turns = policy.fairness() == Fairness.JOB
                ? new JobOrder(policy.activeJobs())
                : new GroupOrder(policy.activeJobs(), groups::touch);
        this.active = new ActiveJobs(storage, keys, turns, policy.activeJobs());
        this.pending = new PendingJobs(groups, policy.fairness());
        this.paused = paused;
    }

    /** Loads the pool; reads one entry for each active job and each group. */
    public void load(Rotation.Cursor cursor) {
        groups.load(turns());
        active.load(jobs, cursor);
        for (Job job : active) {
            takePlace(groups.of(job));
            ledger.reserve(job.seat);
        }
        pending.load();
        adjust();
    }

    /** Adapts the pool to the policy, which may have changed since the state was stored. */
    private void adjust() {
        while (active.size() > policy.activeJobs()) {
            demote(turns().dispensable());
        }
        admitPending();
        while (pending.someGroupHasNoPlace() && makeRoom()) {
            admitPending();
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

    public long pendingJobs() {
        return pending.size();
    }

    public PendingJobs pending() {
        return pending;
    }

    public PausedJobs paused() {
        return paused;
    }

    public Groups groups() {
        return groups;
    }

    /** Counts {@code added} newly buffered tasks of a job that is not finalizing, and admits it if it was idle and not paused. */
    public void grow(Job job, long added) {
        if (job.phase == Job.Phase.ACTIVE) {
            active.grow(added);
        } else if (job.phase == Job.Phase.PENDING && added > 0) {
            pending.grow(job, added);
        } else if (added > 0 && job.isPaused()) {
            paused.grow(added);
        } else if (job.phase == Job.Phase.IDLE && added > 0) {
            admit(job);
        }
    }

    /** Admits an idle job that now has buffered tasks. */
    private void admit(Job job) {
        job.arrival = ledger.nextRank();
        if (active.size() < policy.activeJobs()) {
            activate(job);
        } else if (policy.fairness() == Fairness.RESOURCE_GROUP && groups.of(job).activeJobs == 0 && makeRoom()) {
            activate(job);
        } else {
            pending.add(job);
            ledger.touch();
            decisions.accept(new Decision.Deferred(job.id, false));
        }
        jobs.touch(job);
    }

    /** Puts the newest active job of the group that has most of them back into its queue, unless all groups have only one. */
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
            pending.putBack(job);
            ledger.touch();
            decisions.accept(new Decision.Deferred(job.id, true));
        } else {
            decisions.accept(new Decision.Retired(job.id));
        }
    }

    /** Removes an active job without tasks, and gives its place to a pending one (S5). */
    public void retire(Job job) {
        dismiss(job);
        decisions.accept(new Decision.Retired(job.id));
        admitPending();
    }

    /** Removes a job, be it active, pending or idle. */
    public void dismiss(Job job) {
        if (job.phase == Job.Phase.ACTIVE) {
            deactivate(job);
        } else if (job.phase == Job.Phase.PENDING) {
            pending.remove(job);
        }
        job.phase = Job.Phase.IDLE;
        jobs.touch(job);
    }

    /** Takes a job out of the rotation or the queue, with its tasks; another job takes its place (O5). */
    public void pause(Job job, long age) {
        if (job.phase != Job.Phase.FINALIZING) {
            dismiss(job);
            admitPending();
        }
        paused.add(job, age);
    }

    /** Admits a paused job again if it has tasks, behind all others. */
    public void resume(Job job) {
        paused.remove(job);
        if (job.queue.size() > 0) {
            admit(job);
        }
    }

    /** Gives free places to pending jobs, in the order of admission. */
    public void admitPending() {
        while (active.size() < policy.activeJobs() && pending.size() > 0) {
            Job next = jobs.get(pending.next());
            pending.remove(next);
            activate(next);
        }
    }

    private void activate(Job job) {
        Group group = groups.of(job);
        takePlace(group);
        active.add(job, ledger.nextRank());
        pending.refile(group);
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
        pending.refile(group);
        jobs.touch(job);
    }

    public void flush(StateWriter writer) {
        active.flush();
        groups.flush(writer, turns());
    }
}
