package io.yardmaster.connectors.results;

import io.yardmaster.connectors.settings.ResultTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL in which PostgreSQL and MariaDB differ. */
enum Dialect {
    POSTGRESQL {
        @Override
        String conflict(List<String> keys, List<String> others) {
            String onConflict = " ON CONFLICT (" + String.join(", ", keys) + ") DO ";
            return others.isEmpty()
                    ? onConflict + "NOTHING"
                    : onConflict + "UPDATE SET " + assignments(others, "%1$s = excluded.%1$s");
        }

        @Override
        String tasks(int count) {
            return "SELECT %s FROM (VALUES %s) AS k (job_id, task_index) JOIN yardmaster_outcomes o"
                            .formatted(READ, rows("(?::bigint, ?::integer)", count))
                    + " ON o.job_id = k.job_id AND o.task_index = k.task_index";
        }

        @Override
        Object time(Instant at) {
            return at.atOffset(ZoneOffset.UTC);
        }

        @Override
        Instant time(ResultSet row, String column) throws SQLException {
            OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
            return at == null ? null : at.toInstant();
        }
    },

    /** Times are without a zone there, in UTC. */
    MARIADB {
        @Override
        String conflict(List<String> keys, List<String> others) {
            return " ON DUPLICATE KEY UPDATE "
                    + (others.isEmpty()
                            ? keys.get(0) + " = " + keys.get(0)
                            : assignments(others, "%1$s = VALUES(%1$s)"));
        }

        @Override
        String tasks(int count) {
            return "WITH k (job_id, task_index) AS (VALUES %s) SELECT %s FROM k STRAIGHT_JOIN yardmaster_outcomes o"
                            .formatted(rows("(?, ?)", count), READ)
                    + " ON o.job_id = k.job_id AND o.task_index = k.task_index";
        }

        @Override
        Object time(Instant at) {
            return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        }

        @Override
        Instant time(ResultSet row, String column) throws SQLException {
            LocalDateTime at = row.getObject(column, LocalDateTime.class);
            return at == null ? null : at.toInstant(ZoneOffset.UTC);
        }
    };

    private static final String READ = "o.job_id, o.kind, o.task_index, o.session_id, o.attempt, o.result";

    /** The end of an INSERT whose rows may be there: changes their other columns, or nothing if there are none. */
    abstract String conflict(List<String> keys, List<String> others);

    /** A query of all rows of so many pairs of a job and an index, each pair given once. */
    abstract String tasks(int count);

    abstract Object time(Instant at);

    abstract Instant time(ResultSet row, String column) throws SQLException;

    /** An INSERT of so many rows; those that are there get the new values. */
    String upsert(ResultTable table, int count) {
        return insert(table, count) + conflict(table.keys(), table.others());
    }

    /** An INSERT of the rows that are not there. */
    String insertMissing(ResultTable table, int count) {
        return insert(table, count) + conflict(table.keys(), List.of());
    }

    private static String insert(ResultTable table, int count) {
        List<String> columns = table.columns();
        String row = columns.stream().map(column -> "?").collect(Collectors.joining(", ", "(", ")"));
        return "INSERT INTO %s (%s) VALUES %s".formatted(table.name(), String.join(", ", columns), rows(row, count));
    }

    private static String rows(String row, int count) {
        return String.join(", ", Collections.nCopies(count, row));
    }

    private static String assignments(List<String> columns, String form) {
        return columns.stream().map(form::formatted).collect(Collectors.joining(", "));
    }

    /** Sets a statement's parameters; {@code Instant} becomes a time, null is the null of any type. */
    void bind(PreparedStatement statement, List<?> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            statement.setObject(i + 1, value instanceof Instant at ? time(at) : value);
        }
    }
}
