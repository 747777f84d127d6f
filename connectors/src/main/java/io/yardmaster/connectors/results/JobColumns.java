package io.yardmaster.connectors.results;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table of jobs, column by column. */
final class JobColumns {
    private JobColumns() {}

    /** The values of all columns, the key first. */
    static List<Object> values(JobRow job) {
        return new ArrayList<>(Arrays.asList(
                job.job,
                job.group,
                job.session,
                job.state(),
                job.phase,
                job.paused,
                job.priority,
                job.reason,
                job.askedBy,
                job.commitResult,
                job.cleanupResult,
                job.dispatched,
                job.succeeded,
                job.failed,
                job.killed,
                job.beganAt,
                job.firstDispatchedAt,
                job.firstStartedAt,
                job.lastEndedAt,
                job.changedAt,
                job.eventOffset,
                job.eventAt));
    }

    static JobRow read(ResultSet row, Dialect dialect) throws SQLException {
        JobRow job = new JobRow(row.getLong("job_id"));
        job.group = row.getLong("resource_group_id");
        job.session = row.getLong("session_id");
        job.phase = row.getString("phase");
        job.paused = row.getBoolean("paused");
        job.priority = row.getInt("priority");
        job.reason = row.getString("reason");
        job.askedBy = row.getString("asked_by");
        job.commitResult = row.getString("commit_result");
        job.cleanupResult = row.getString("cleanup_result");
        job.dispatched = row.getLong("dispatched");
        job.succeeded = row.getLong("succeeded");
        job.failed = row.getLong("failed");
        job.killed = row.getLong("killed");
        job.beganAt = dialect.time(row, "began_at");
        job.firstDispatchedAt = dialect.time(row, "first_dispatched_at");
        job.firstStartedAt = dialect.time(row, "first_started_at");
        job.lastEndedAt = dialect.time(row, "last_ended_at");
        job.changedAt = dialect.time(row, "changed_at");
        job.eventOffset = row.getLong("event_offset");
        job.eventAt = dialect.time(row, "event_at");
        return job;
    }
}
