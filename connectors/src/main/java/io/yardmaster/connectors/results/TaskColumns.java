package io.yardmaster.connectors.results;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The table of outcomes, column by column. */
final class TaskColumns {
    private TaskColumns() {}

    /** The values of all columns, those of the key first. */
    static List<Object> values(TaskRow row) {
        TaskRow.Details details = row.details();
        return List.of(
                row.task().job(),
                row.task().index(),
                row.task().kind(),
                row.session(),
                details.group(),
                row.attempt(),
                row.result(),
                details.reason(),
                details.startedAt(),
                details.endedAt(),
                details.worker(),
                details.assignment());
    }

    /** A row to be compared, without details. */
    static TaskRow read(ResultSet row) throws SQLException {
        return new TaskRow(
                new ResultKey(row.getLong("job_id"), row.getString("kind"), row.getInt("task_index")),
                row.getLong("session_id"),
                row.getInt("attempt"),
                row.getString("result"),
                null);
    }
}
