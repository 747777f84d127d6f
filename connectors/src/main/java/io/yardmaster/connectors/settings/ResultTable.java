package io.yardmaster.connectors.settings;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table for results in the storage database.
 *
 * @param keys the columns of its primary key
 * @param others all others
 */
public record ResultTable(String name, List<String> keys, List<String> others) {
    public static final ResultTable OUTCOMES = new ResultTable(
            "yardmaster_outcomes",
            List.of("job_id", "task_index", "kind", "session_id"),
            List.of(
                    "resource_group_id",
                    "attempt",
                    "result",
                    "reason",
                    "started_at",
                    "ended_at",
                    "worker",
                    "assignment_id"));

    public static final ResultTable JOBS = new ResultTable(
            "yardmaster_jobs",
            List.of("job_id"),
            List.of(
                    "resource_group_id",
                    "session_id",
                    "state",
                    "phase",
                    "paused",
                    "priority",
                    "reason",
                    "asked_by",
                    "commit_result",
                    "cleanup_result",
                    "dispatched",
                    "succeeded",
                    "failed",
                    "killed",
                    "began_at",
                    "first_dispatched_at",
                    "first_started_at",
                    "last_ended_at",
                    "changed_at",
                    "event_offset",
                    "event_at"));

    public static final ResultTable POSITIONS = new ResultTable(
            "yardmaster_positions", List.of("topic", "topic_partition"), List.of("next_offset", "lost"));

    public static final List<ResultTable> ALL = List.of(OUTCOMES, JOBS, POSITIONS);

    /** All columns, those of the key first. */
    public List<String> columns() {
        return Stream.concat(keys.stream(), others.stream()).toList();
    }
}
