package io.yardmaster.connectors.results;

import io.yardmaster.connectors.settings.ResultTable;
import io.yardmaster.connectors.settings.ResultType;
import java.sql.Connection;
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

/** The SQL in which PostgreSQL and MariaDB differ. A statement gets all its rows at once, and the caller closes it. */
enum Dialect {
    /** Rows are one array for each column: however many there are, the server parses the same few parameters. */
    POSTGRESQL {
        @Override
        PreparedStatement insert(Connection connection, ResultTable table, List<List<Object>> rows, boolean update)
                throws SQLException {
            String conflict = update ? "UPDATE SET " + assignments(table.others(), "%1$s = excluded.%1$s") : "NOTHING";
            return overArrays(
                    connection,
                    "INSERT INTO %s (%s) SELECT * FROM %%s ON CONFLICT (%s) DO %s"
                            .formatted(
                                    table.name(),
                                    String.join(", ", table.columns()),
                                    String.join(", ", table.keys()),
                                    conflict),
                    table.columns(),
                    rows);
        }

        @Override
        PreparedStatement tasks(Connection connection, List<List<Object>> tasks) throws SQLException {
            return overArrays(
                    connection,
                    "SELECT " + READ + " FROM %s AS k (job_id, task_index) JOIN yardmaster_outcomes o" + ON_KEY,
                    TASK_COLUMNS,
                    tasks);
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
        PreparedStatement insert(Connection connection, ResultTable table, List<List<Object>> rows, boolean update)
                throws SQLException {
            String key = table.keys().get(0);
            String conflict = update ? assignments(table.others(), "%1$s = VALUES(%1$s)") : key + " = " + key;
            String sql = "INSERT INTO %s (%s) VALUES %s ON DUPLICATE KEY UPDATE %s"
                    .formatted(table.name(), String.join(", ", table.columns()), marks(rows), conflict);
            return prepared(connection, sql, flat(rows));
        }

        @Override
        PreparedStatement tasks(Connection connection, List<List<Object>> tasks) throws SQLException {
            String sql =
                    "WITH k (job_id, task_index) AS (VALUES %s) SELECT %s FROM k STRAIGHT_JOIN yardmaster_outcomes o"
                            .formatted(marks(tasks), READ);
            return prepared(connection, sql + ON_KEY, flat(tasks));
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

    private static final List<String> TASK_COLUMNS = List.of("job_id", "task_index");
    private static final String READ = "o.job_id, o.kind, o.task_index, o.session_id, o.attempt, o.result";
    private static final String ON_KEY = " ON o.job_id = k.job_id AND o.task_index = k.task_index";

    /**
     * An INSERT of these rows, of which each key is there once.
     *
     * @param update true if rows that are there get the new values; otherwise they stay
     */
    abstract PreparedStatement insert(Connection connection, ResultTable table, List<List<Object>> rows, boolean update)
            throws SQLException;

    /** A query of all rows of these pairs of a job and an index, of which each is there once. */
    abstract PreparedStatement tasks(Connection connection, List<List<Object>> tasks) throws SQLException;

    abstract Object time(Instant at);

    abstract Instant time(ResultSet row, String column) throws SQLException;

    /** A statement with these parameters; {@code Instant} becomes a time, null is the null of any type. */
    PreparedStatement prepared(Connection connection, String sql, List<?> values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                statement.setObject(i + 1, value instanceof Instant at ? time(at) : value);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static PreparedStatement overArrays(
            Connection connection, String sql, List<String> columns, List<List<Object>> rows) throws SQLException {
        String arrays = columns.stream()
                .map(column -> "?::" + type(column) + "[]")
                .collect(Collectors.joining(", ", "unnest(", ")"));
        PreparedStatement statement = connection.prepareStatement(sql.formatted(arrays));
        try {
            for (int i = 0; i < columns.size(); i++) {
                int column = i;
                statement.setArray(
                        i + 1,
                        connection.createArrayOf(
                                type(columns.get(i)),
                                rows.stream().map(row -> row.get(column)).toArray()));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static String type(String column) {
        return ResultType.of(column).postgres();
    }

    private static String marks(List<List<Object>> rows) {
        String row = "(?" + ", ?".repeat(rows.get(0).size() - 1) + ")";
        return String.join(", ", Collections.nCopies(rows.size(), row));
    }

    private static List<Object> flat(List<List<Object>> rows) {
        return rows.stream().flatMap(List::stream).toList();
    }

    private static String assignments(List<String> columns, String form) {
        return columns.stream().map(form::formatted).collect(Collectors.joining(", "));
    }
}
