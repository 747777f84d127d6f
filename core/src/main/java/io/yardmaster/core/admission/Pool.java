package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.order.Rotation;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The jobs that take part in the rotation, and those that wait for a place in it (S4, S5), by their priority (L1). */
public final class Pool {
    private final Policy policy;
    private final JobTable jobs;
    private final Ledger ledger;
    private final Consumer<Decision> decisions;
    private final Levels levels;
    private final Turns turns;
    private final ActiveJobs active;
    private final PausedJobs paused;

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
        this.levels = new Levels(policy, storage, keys);
        this.turns = new Turns(levels);
        this.active = new ActiveJobs(storage, keys, policy.activeJobs());
        this.paused = paused;
    }

    /**
     * Loads the pool; reads one entry for each active job and each group.
     *
     * @param cursors by priority
     */
    public void load(Map<Integer, Rotation.Cursor> cursors) {
        levels.load();
        Map<Integer, List<Job>> byLevel = new HashMap<>();
        for (Job job : active.load(jobs)) {
            byLevel.computeIfAbsent(job.level, level -> new ArrayList<>()).add(job);
            levels.of(job);
            ledger.reserve(job.seat);
        }
        for (Level level : levels) {
            level.restore(
                    byLevel.getOrDefault(level.priority(), List.of()),
                    cursors.getOrDefault(level.priority(), Rotation.Cursor.START));
        }
        adjust();
    }

    /** Adapts the pool to the policy, which may have changed since the state was stored. */
    private void adjust() {
        while (active.size() > policy.activeJobs()) {
            demoteOneOf(levels.lowestActive());
        }
        admitPending();
        settleGroups();
    }

    /** Gives a place to each group without one in its level, as long as another group has several there (S15). */
    private void settleGroups() {
        Level next = levels.highestPending();
        while (next != null && next.pending().someGroupHasNoPlace() && next.isCrowded()) {
            demoteOneOf(next);
            admitPending();
            next = levels.highestPending();
        }
    }

    public Map<Long, Integer> activeJobsByGroup() {
        Map<Long, Integer> byGroup = new HashMap<>();
        for (Level level : levels) {
            for (Group group : level.groups().all()) {
                if (group.activeJobs > 0) {
                    byGroup.merge(group.id(), group.activeJobs, Integer::sum);
                }
            }
        }
        return byGroup;
    }

    public ActiveJobs active() {
        return active;
    }

    public Turns turns() {
        return turns;
    }

    /** Returns whether a tick may offer tasks of active jobs, or has pending jobs to admit. */
    public boolean somethingWaits() {
        return (active.backlog() > 0 || pendingJobs() > 0) && (!levels.isLimited() || levels.somethingWaits());
    }

    public long pendingJobs() {
        return levels.pendingJobs();
    }

    /** The levels that have jobs, highest first, and the normal one. */
    public Levels levels() {
        return levels;
    }

    /** Returns whether jobs with another than the normal priority are active or pending. */
    public boolean usesLevels() {
        return levels.areInUse();
    }

    public PausedJobs paused() {
        return paused;
    }

    /** Counts {@code added} newly buffered tasks of a job that is not finalizing, and admits it if it was idle and not paused. */
    public void grow(Job job, long added) {
        if (job.phase == Job.Phase.ACTIVE) {
            active.grow(added);
            levels.of(job).grow(added);
        } else if (job.phase == Job.Phase.PENDING && added > 0) {
            levels.of(job).pending().grow(job, added);
        } else if (added > 0 && job.isPaused()) {
            paused.grow(added);
        } else if (job.phase == Job.Phase.IDLE && added > 0) {
            admit(job);
        }
    }

    /**
     * Counts tasks that limits let through, of a job that is neither finalizing nor paused. An idle one had its place before
     * and gets one at once: it makes room if no job of its priority or a lower one is active.
     */
    public void grant(Job job, long granted) {
        if (job.phase != Job.Phase.IDLE) {
            grow(job, granted);
        } else if (granted > 0) {
            job.arrival = ledger.nextRank();
            job.level = job.priority;
            if (makeRoom(levels.of(job))) {
                activate(job);
            } else {
                defer(job, levels.of(job));
            }
            jobs.touch(job);
            // The job that made room may have been the only one of its group with a place (S15).
            settleGroups();
        }
    }

    private boolean makeRoom(Level level) {
        if (active.size() < policy.activeJobs()) {
            return true;
        }
        Level lowest = levels.lowestActive();
        boolean makesRoom = lowest.priority() <= level.priority();
        if (makesRoom) {
            demoteOneOf(lowest);
        }
        return makesRoom;
    }

    private void defer(Job job, Level level) {
        level.pending().add(job);
        ledger.touch();
        decisions.accept(new Decision.Deferred(job.id, false));
    }

    /** Counts tasks that left a job's queue otherwise than by an offer; the job waits no more if none is left. */
    public void shrink(Job job, long removed) {
        if (job.phase == Job.Phase.ACTIVE) {
            active.grow(-removed);
            levels.of(job).grow(-removed);
        } else if (job.phase == Job.Phase.PENDING) {
            levels.of(job).pending().grow(job, -removed);
            if (job.ready() == 0) {
                dismiss(job);
            }
        } else if (job.isPaused()) {
            paused.shrink(removed);
        }
    }

    /** Counts a task of an active job that was offered. */
    public void offered(Job job) {
        active.grow(-1);
        levels.of(job).grow(-1);
    }

    /** Admits an idle job that now has buffered tasks. */
    private void admit(Job job) {
        job.arrival = ledger.nextRank();
        job.level = job.priority;
        Level level = levels.of(job);
        if (findPlace(job, level)) {
            activate(job);
        } else {
            defer(job, level);
        }
        jobs.touch(job);
    }

    /** Returns whether a place is free for the job, or was made so by an active job that goes after it. */
    private boolean findPlace(Job job, Level level) {
        if (active.size() < policy.activeJobs()) {
            Level waiting = levels.highestPending();
            return waiting == null || waiting.priority() < level.priority();
        }
        Level lowest = levels.lowestActive();
        boolean makesRoom = lowest.priority() < level.priority() || (lowest == level && isOwedAPlace(job, level));
        if (makesRoom) {
            demoteOneOf(lowest);
        }
        return makesRoom;
    }

    private boolean isOwedAPlace(Job job, Level level) {
        return policy.fairness().isByGroup() && level.groups().of(job).activeJobs == 0 && level.isCrowded();
    }

    /** Puts an active job back into its queue: of the group with the most active jobs, or of all jobs, the newest one. */
    private void demoteOneOf(Level level) {
        Job job = level.turns().dispensable();
        deactivate(job);
        if (job.ready() > 0) {
            level.pending().putBack(job);
            ledger.touch();
            decisions.accept(new Decision.Deferred(job.id, true));
        } else {
            job.level = Level.NORMAL;
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
            levels.of(job).pending().remove(job);
        }
        job.level = Level.NORMAL;
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

    /** Admits a paused job again if it has tasks, behind all others of its priority. */
    public void resume(Job job) {
        paused.remove(job);
        if (job.ready() > 0) {
            admit(job);
        }
    }

    /** Gives a job another priority. If it is active or pending it goes behind all others of that priority (O5). */
    public void prioritize(Job job, int priority) {
        boolean takesPart = job.phase == Job.Phase.ACTIVE || job.phase == Job.Phase.PENDING;
        job.priority = priority;
        if (takesPart && job.ready() == 0) {
            retire(job);
        } else if (takesPart) {
            dismiss(job);
            admit(job);
            admitPending();
            settleGroups();
        }
        jobs.touch(job);
    }

    /** Gives free places to pending jobs, in the order of admission. */
    public void admitPending() {
        while (active.size() < policy.activeJobs()) {
            Level level = levels.highestPending();
            if (level == null) {
                return;
            }
            Job next = jobs.get(level.pending().next());
            level.pending().remove(next);
            activate(next);
        }
    }

    private void activate(Job job) {
        active.add(job, ledger.nextRank());
        levels.of(job).join(job);
        jobs.touch(job);
        decisions.accept(new Decision.Joined(job.id));
    }

    private void deactivate(Job job) {
        levels.of(job).leave(job);
        active.remove(job);
        job.phase = Job.Phase.IDLE;
        jobs.touch(job);
    }

    public void flush(StateWriter writer) {
        active.flush();
        levels.flush(writer);
    }
}
