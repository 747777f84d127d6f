package io.yardmaster.connectors.results;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskOutcome;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decides which rows stand after some records, from the rows that stand before. Of a task and session the row of the highest
 * attempt stands and, among equal attempts, the first that is an end. The row of a task's newest session is the one that counts for its
 * job.
 */
final class Merge {
    /** Events that say nothing about a job's state or tasks, and may be about jobs that the scheduler does not know. */
    private static final Set<JobEventKind> PASSED_OVER = EnumSet.of(
            JobEventKind.OTHER,
            JobEventKind.COMMAND_DROPPED,
            JobEventKind.TASKS_READY,
            JobEventKind.TASKS_SUCCEEDED,
            JobEventKind.TASKS_FAILED,
            JobEventKind.TASKS_KILLED,
            JobEventKind.TASKS_REFUSED);

    private final Map<Long, JobRow> jobs;
    private final Map<ResultKey, NavigableMap<Long, TaskRow>> tasks = new HashMap<>();
    private final Map<List<?>, TaskRow> changed = new LinkedHashMap<>();

    /**
     * Begins with the stored rows.
     *
     * @param jobs of all jobs in the records
     * @param tasks of all tasks in the records, of all their sessions
     */
    Merge(Map<Long, JobRow> jobs, Collection<TaskRow> tasks) {
        this.jobs = jobs;
        tasks.forEach(this::put);
    }

    /** False if the record changes no row, whatever is there; job -1 only announces a session. */
    static boolean isOfUse(SpecificRecord value) {
        return !(value instanceof JobEvent event) || (event.getJobId() >= 0 && !PASSED_OVER.contains(event.getWhat()));
    }

    void apply(SpecificRecord value, long offset) {
        if (value instanceof JobEvent event) {
            jobs.get(event.getJobId()).apply(event, offset);
        } else if (value instanceof TaskOutcome outcome) {
            apply(TaskRow.of(outcome));
        }
    }

    private void apply(TaskRow outcome) {
        NavigableMap<Long, TaskRow> sessions = tasks.computeIfAbsent(outcome.task(), none -> new TreeMap<>());
        TaskRow before = newest(sessions);
        TaskRow old = sessions.get(outcome.session());
        if (old == null || outcome.replaces(old)) {
            put(outcome);
            changed.put(List.of(outcome.task(), outcome.session()), outcome);
        }
        jobs.get(outcome.task().job()).count(outcome, before, newest(sessions), sessions.get(outcome.session()));
    }

    private void put(TaskRow row) {
        tasks.computeIfAbsent(row.task(), none -> new TreeMap<>()).put(row.session(), row);
    }

    private static TaskRow newest(NavigableMap<Long, TaskRow> sessions) {
        return sessions.isEmpty() ? null : sessions.lastEntry().getValue();
    }

    /** The rows to be written; each key once. */
    Collection<TaskRow> changedTasks() {
        return changed.values();
    }

    List<JobRow> changedJobs() {
        return jobs.values().stream().filter(JobRow::hasChanged).toList();
    }
}
