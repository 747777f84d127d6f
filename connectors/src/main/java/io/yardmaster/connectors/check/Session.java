package io.yardmaster.connectors.check;

import io.yardmaster.connectors.settings.ResultTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A connection over which a check asks its questions. */
final class Session implements AutoCloseable {
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "3F000");
    private static final Set<String> WRONG_LOGIN = Set.of("28000", "28P01");
    private static final Set<String> NO_SUCH_DATABASE = Set.of("3D000");
    private static final String NO_UNIQUE_INDEX = "42P10";
    private static final int MARIADB_UNKNOWN_DATABASE = 1049;
    private static final int MARIADB_NO_ACCESS_TO_DATABASE = 1044;

    private final Connection connection;
    private final String user;

    private Session(Connection connection, String user) {
        this.connection = connection;
        this.user = user;
    }

    /** Connects as the connector would. */
    interface Login {
        Connection connect() throws SQLException;
    }

    /** Empty, with a problem, if the database refuses the connection. */
    static Optional<Session> open(String url, String user, Login login, List<String> problems) {
        try {
            return Optional.of(new Session(login.connect(), user));
        } catch (SQLException e) {
            problems.add(refusal(url, user, e));
            return Optional.empty();
        }
    }

    private static String refusal(String url, String user, SQLException e) {
        String line = firstLine(e);
        if (WRONG_LOGIN.contains(e.getSQLState()) && e.getErrorCode() != MARIADB_NO_ACCESS_TO_DATABASE) {
            return "user %s is refused by %s (%s)".formatted(user, url, line);
        }
        if (NO_SUCH_DATABASE.contains(e.getSQLState())
                || e.getErrorCode() == MARIADB_UNKNOWN_DATABASE
                || e.getErrorCode() == MARIADB_NO_ACCESS_TO_DATABASE) {
            return "%s: there is no such database, or user %s may not use it (%s)".formatted(url, user, line);
        }
        return "%s cannot be reached (%s)".formatted(url, line);
    }

    String user() {
        return user;
    }

    /** The first column of the first row; empty if there is none. */
    Optional<String> value(String sql, String... parameters) throws SQLException {
        List<String> column = column(sql, parameters);
        return column.isEmpty() ? Optional.empty() : Optional.ofNullable(column.get(0));
    }

    List<String> column(String sql, String... parameters) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    values.add(result.getString(1));
                }
            }
        }
        return values;
    }

    /** The type that a column must have instead of the one that it has; empty if that is right. */
    interface TypeRule {
        Optional<String> needed(String column, ColumnType type);

        /** The rule for a table whose columns may have any type. */
        static Optional<String> none(String column, ColumnType type) {
            return Optional.empty();
        }
    }

    /** Adds a problem unless the table is there, may be read and has the columns, of which each has a type that fits. */
    void checkTable(String table, List<String> needed, TypeRule types, List<String> problems) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            ResultSetMetaData columns = result.getMetaData();
            Map<String, ColumnType> present = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                present.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), ColumnType.of(columns, i));
            }
            List<String> missing = needed.stream()
                    .filter(column -> !present.containsKey(column.toLowerCase(Locale.ROOT)))
                    .toList();
            if (missing.size() == needed.size() && missing.size() > 1) {
                problems.add("table %s has none of the columns %s: it is no table for this connector"
                        .formatted(table, String.join(", ", missing)));
            } else {
                missing.forEach(column -> problems.add("table " + table + " has no column " + column));
                present.forEach((column, type) -> types.needed(column, type)
                        .ifPresent(right -> problems.add(
                                "table %s has %s in column %s: must be %s".formatted(table, type, column, right))));
            }
        } catch (SQLException e) {
            problems.add(objection(table, "SELECT", e));
        }
    }

    /** Adds a problem unless the user may insert rows with all columns, and the key is unique; inserts none. */
    void checkInsert(ResultTable table, boolean postgres, List<String> problems) throws SQLException {
        String keys = String.join(", ", table.keys());
        String insert = "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %1$s WHERE 1 = 0"
                .formatted(table.name(), String.join(", ", table.columns()));
        String unique = postgres ? " ON CONFLICT (%s) DO NOTHING".formatted(keys) : "";
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(insert + unique);
        } catch (SQLException e) {
            problems.add(
                    NO_UNIQUE_INDEX.equals(e.getSQLState())
                            ? "table %s has no primary key (%s)".formatted(table.name(), keys)
                            : objection(table.name(), "INSERT", e));
        }
    }

    /** Adds a problem unless the user may change rows; changes none. */
    void checkUpdate(String table, String column, List<String> problems) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE %1$s SET %2$s = %2$s WHERE 1 = 0".formatted(table, column));
        } catch (SQLException e) {
            problems.add(objection(table, "UPDATE", e));
        }
    }

    private String objection(String table, String privilege, SQLException e) throws SQLException {
        if (e.getSQLState() == null) {
            throw e;
        }
        return NO_SUCH_TABLE.contains(e.getSQLState())
                ? "table " + table + " does not exist"
                : "user %s has no %s on table %s (%s)".formatted(user, privilege, table, firstLine(e));
    }

    static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
