package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Plays the storage for a set of jobs: the same calls give the same events, always.
 *
 * <ul>
 *   <li>A task is reported ready once, when the last of its parents is done; tasks that become ready together are one
 *       event, ascending.
 *   <li>A task that failed is reported ready again with the next attempt number, until its attempts are used up. Then its job
 *       has failed: its cleanup task is ready, and no other task of it ever is.
 *   <li>A task that was killed is not tried again: its job has failed. So has a job that was cancelled.
 *   <li>When all tasks of a job are done its commit task is ready. A commit task that fails makes the job fail.
 *   <li>Reports that storage does not wait for (repeated, too late, of an older attempt or an unknown job) change nothing and
 *       are counted.
 * </ul>
 *
 * Not safe for use by several threads at once.
 */
public final class StoragePlayer {
    private final Map<Long, JobPlay> jobs = new LinkedHashMap<>();
    private long ignored;
    private int unfinished;

    /**
     * @param session storage's incarnation number, 0 or more
     * @param maxAttempts attempts of a task before its job fails, 1 or more
     * @throws IllegalArgumentException when two jobs have the same id or a number is out of range
     */
    public StoragePlayer(long session, int maxAttempts, List<SubmittedJob> jobs) {
        if (session < 0 || maxAttempts < 1) {
            throw new IllegalArgumentException("session " + session + ", attempts " + maxAttempts);
        }
        for (SubmittedJob job : jobs) {
            if (this.jobs.put(job.id(), new JobPlay(job, session, maxAttempts)) != null) {
                throw new IllegalArgumentException("two jobs have the id " + job.id());
            }
        }
        unfinished = jobs.size();
    }

    /** Reports the tasks without parents of every job ready; to be called once, before any report. */
    public List<StorageEvent<?>> start() {
        List<StorageEvent<?>> events = new ArrayList<>();
        jobs.values().forEach(job -> events.addAll(job.start()));
        return events;
    }

    /**
     * Takes note that an assignment was carried out.
     *
     * @param taskIndex looked at only if {@code kind} is {@code TASK}, like {@code attempt}
     * @return the events that the scheduler is to get because of it
     */
    public List<StorageEvent<?>> completed(long jobId, TaskKind kind, int taskIndex, int attempt) {
        return report(jobId, kind, taskIndex, attempt, job -> job.completed(kind, taskIndex));
    }

    /** Takes note that an assignment failed; otherwise like {@link #completed}. */
    public List<StorageEvent<?>> failed(long jobId, TaskKind kind, int taskIndex, int attempt) {
        return report(jobId, kind, taskIndex, attempt, job -> job.failed(kind, taskIndex, attempt));
    }

    /** Takes note that an assignment was killed, so that its job fails; otherwise like {@link #completed}. */
    public List<StorageEvent<?>> killed(long jobId, TaskKind kind, int taskIndex, int attempt) {
        return report(jobId, kind, taskIndex, attempt, job -> job.killed(kind));
    }

    /**
     * Takes note that a command has cancelled this job: nothing of it is dispatched any more but a cleanup task.
     *
     * @param commitDispatched whether its commit task was; then the end of that task decides how the job ends
     * @return the events that the scheduler is to get because of it; none if the job fails already
     */
    public List<StorageEvent<?>> cancelled(long jobId, boolean commitDispatched) {
        JobPlay job = jobs.get(jobId);
        return job == null ? List.of() : job.cancelled(commitDispatched);
    }

    /** Takes note that the scheduler refuses this job: it has failed, and no event of it follows. */
    public void refused(long jobId) {
        JobPlay job = jobs.get(jobId);
        if (job != null && !job.state().isFinal()) {
            job.refused();
            unfinished--;
        }
    }

    /** Returns whether the job is one of these and neither done nor failed. */
    public boolean isUnfinished(long jobId) {
        JobPlay job = jobs.get(jobId);
        return job != null && !job.state().isFinal();
    }

    private List<StorageEvent<?>> report(
            long jobId, TaskKind kind, int taskIndex, int attempt, Function<JobPlay, List<StorageEvent<?>>> change) {
        JobPlay job = jobs.get(jobId);
        if (job == null || !job.expects(kind, taskIndex, attempt)) {
            ignored++;
            return List.of();
        }
        List<StorageEvent<?>> events = change.apply(job);
        if (job.state().isFinal()) {
            unfinished--;
        }
        return events;
    }

    /** All jobs, in the order in which they were given. */
    public List<JobProgress> progress() {
        return jobs.values().stream().map(JobPlay::progress).toList();
    }

    /** Returns whether every job is done or failed. */
    public boolean allFinished() {
        return unfinished == 0;
    }

    /** Number of reports that changed nothing. */
    public long ignored() {
        return ignored;
    }
}
