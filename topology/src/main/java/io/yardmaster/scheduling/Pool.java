package io.yardmaster.scheduling;

/** Who takes part in the rotation and who waits for a place in it (S4, S5). */
final class Pool {
    private final Policy policy;
    private final JobTable jobs;
    private final Ledger ledger;
    private final Groups groups;
    private final ActiveJobs active;
    private final WaitingJobs waiting;

    Pool(Policy policy, Storage storage, Keys keys, JobTable jobs, Ledger ledger) {
        this.policy = policy;
        this.jobs = jobs;
        this.ledger = ledger;
        this.groups = new Groups(storage, keys);
        Turns turns = policy.fairness() == Fairness.JOB ? new Turns.OfJobs() : new Turns.OfGroups(groups);
        this.active = new ActiveJobs(storage, keys, turns);
        this.waiting = new WaitingJobs(groups, policy.fairness());
    }

    void load() {
        groups.load();
        active.load(jobs, ledger.position);
        for (Job job : active) {
            groups.of(job).activeJobs++;
        }
        waiting.load();
        admitWaiting();
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

    /** A job that had nothing buffered has now. */
    void admit(Job job) {
        job.arrival = ledger.nextArrival();
        if (active.size() < policy.activeJobs()) {
            activate(job);
        } else if (policy.fairness() == Fairness.RESOURCE_GROUP && groups.of(job).activeJobs == 0 && makeRoom()) {
            activate(job);
        } else {
            waiting.add(job);
        }
        jobs.touch(job);
    }

    /** The newest active job of the group that has most of them goes back to its queue, if that leaves it others. */
    private boolean makeRoom() {
        Group largest = null;
        for (Group group : groups.all()) {
            if (largest == null
                    || group.activeJobs > largest.activeJobs
                    || (group.activeJobs == largest.activeJobs && group.seat < largest.seat)) {
                largest = group;
            }
        }
        if (largest == null || largest.activeJobs < 2) {
            return false;
        }
        Job newest = largest.jobs.youngest();
        deactivate(newest);
        if (newest.queue.size() > 0) {
            waiting.putBack(newest);
        }
        return true;
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
        group.activeJobs++;
        active.add(job, ledger.nextSeat());
        waiting.refile(group);
        jobs.touch(job);
    }

    private void deactivate(Job job) {
        Group group = groups.of(job);
        group.activeJobs--;
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
