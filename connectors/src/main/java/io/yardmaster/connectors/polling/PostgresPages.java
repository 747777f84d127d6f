package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.event.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads windows of transactions: a window ends before the oldest transaction that still runs, so that all of it is
 * decided when it is read, and the next one begins there. Inside a window rows go by id: whoever inserts a row after
 * another was committed gets the higher id, and a transaction of a later window cannot have been seen by one of an
 * earlier.
 *
 * <p>A transaction that has written something and stays open, in any database of the server, holds up all later ones.
 */
final class PostgresPages implements Pages {
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String OLDEST_RUNNING = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    private final String outbox;
    private final int most;
    private final Clock clock;
    private final Map<String, ?> partition;
    private final String query;

    PostgresPages(String outbox, int most, Clock clock) {
        this.outbox = outbox;
        this.most = most;
        this.clock = clock;
        this.partition = PollingTask.partition(outbox);
        this.query = "SELECT %s, transaction_id FROM %s".formatted(OutboxRows.COLUMNS, outbox)
                + " WHERE transaction_id >= ? AND transaction_id < ? AND id > ? ORDER BY id LIMIT ?";
    }

    /** The transactions from one on up to another, which is not part of it. */
    private record Window(long from, long to) {}

    @Override
    public List<Change> after(Connection connection, Map<String, ?> offset) throws SQLException {
        Window window = new Window(number(offset, FROM), number(offset, TO));
        List<Change> rest = read(connection, window, number(offset, OutboxRows.ID));
        if (!rest.isEmpty()) {
            return rest;
        }
        long oldestRunning = oldestRunning(connection);
        return oldestRunning > window.to() ? read(connection, new Window(window.to(), oldestRunning), 0) : List.of();
    }

    private static long number(Map<String, ?> offset, String key) {
        return offset.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private static long oldestRunning(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(OLDEST_RUNNING)) {
            result.next();
            return result.getLong(1);
        }
    }

    private List<Change> read(Connection connection, Window window, long afterId) throws SQLException {
        if (window.from() == window.to()) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, window.from());
            statement.setLong(2, window.to());
            statement.setLong(3, afterId);
            statement.setInt(4, most);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    changes.add(change(result, window));
                }
            }
        }
        return changes;
    }

    private Change change(ResultSet result, Window window) throws SQLException {
        return new Change(
                OutboxRows.read(outbox, result),
                Optional.empty(),
                Optional.of(result.getLong("transaction_id")),
                partition,
                Map.of(FROM, window.from(), TO, window.to(), OutboxRows.ID, result.getLong(OutboxRows.ID)),
                clock.millis());
    }
}
