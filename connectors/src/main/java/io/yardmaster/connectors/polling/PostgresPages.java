package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.event.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads windows of transactions: a window ends before the oldest transaction that still runs, so that all of it is
 * decided when it is read, and the next one begins there. Inside a window rows go by id: whoever inserts a row after
 * another was committed gets the higher id, and a transaction of a later window cannot have been seen by one of an
 * earlier.
 *
 * <p>A window's end must not come back as the number of a new transaction. So its decisions are on the server's disk
 * before it is read, and every look compares the server with the one that the offset counts transactions of.
 *
 * <p>A transaction that has written something and stays open, in any database of the server, holds up all later ones.
 */
final class PostgresPages implements OutboxPages {
    private static final String FROM = "from";
    private static final String TO = "to";

    /** The log of a commit is on the disk soon; if not, the next poll sees it. */
    private static final int MOST_LOOKS = 3;

    private static final long PAUSE_NANOS = 5_000_000;

    private final String outbox;
    private final int most;
    private final Clock clock;
    private final Map<String, ?> partition;
    private final String query;
    private Connection known;
    private String look;
    private PostgresLook waiting;

    PostgresPages(String outbox, int most, Clock clock) {
        this.outbox = outbox;
        this.most = most;
        this.clock = clock;
        this.partition = PollingTask.partition(outbox);
        this.query = "SELECT %s, transaction_id FROM %s".formatted(OutboxRows.COLUMNS, outbox)
                + " WHERE transaction_id >= ? AND transaction_id < ? AND id > ? ORDER BY id LIMIT ?";
    }

    /** The transactions from one on up to another, which is not part of it. */
    private record Window(long from, long to, PostgresCluster cluster) {
        static Window of(Map<String, ?> offset) {
            return new Window(number(offset, FROM), number(offset, TO), PostgresCluster.of(offset));
        }
    }

    @Override
    public List<Change> after(Connection connection, Map<String, ?> offset) throws SQLException, StaleOffsetException {
        Window window = Window.of(offset);
        if (connection != known) {
            look = PostgresLook.query(connection, outbox);
            waiting = null;
            check(PostgresLook.at(connection, look), window);
            known = connection;
        }
        List<Change> rest = read(connection, window, number(offset, OutboxRows.ID));
        if (!rest.isEmpty()) {
            return rest;
        }
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            PostgresLook now = PostgresLook.at(connection, look);
            check(now, window);
            long end = durableEnd(now);
            if (end > 0) {
                return end > window.to() ? read(connection, new Window(window.to(), end, now.cluster()), 0) : List.of();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return List.of();
    }

    private static long number(Map<String, ?> offset, String key) {
        return offset.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private void check(PostgresLook now, Window window) throws SQLException, StaleOffsetException {
        if (now.cluster().isOtherThan(window.cluster())) {
            throw new StaleOffsetException("it was restored or failed over since %s was read last (%s, now %s)"
                    .formatted(outbox, window.cluster(), now.cluster()));
        }
        if (now.next() < window.to()) {
            String behind = "transaction %s comes next, but %s was read up to %s already"
                    .formatted(now.next(), outbox, window.to());
            if (now.cluster().standby()) {
                throw new SQLTransientException("the standby is behind: " + behind);
            }
            throw new StaleOffsetException("it was restored: " + behind);
        }
        if (now.newestRow() >= now.next()) {
            throw new SQLException(("rows of %1$s have numbers of transactions up to %2$s, and %3$s comes next here, as"
                            + " they were copied from another server: UPDATE %1$s SET transaction_id ="
                            + " pg_current_xact_id()::text::bigint WHERE transaction_id >= %3$s")
                    .formatted(outbox, now.newestRow(), now.next()));
        }
    }

    /**
     * The end of a window. A crash forgets the end of the log, and then numbers transactions again; so a look counts
     * when all of the log that was there is on the disk, which a later one may show. 0 if none counts yet.
     */
    private long durableEnd(PostgresLook now) {
        if (now.flushed() >= now.inserted()) {
            waiting = null;
            return now.oldestRunning();
        }
        long end = waiting != null && now.flushed() >= waiting.inserted() ? waiting.oldestRunning() : 0;
        if (waiting == null || end > 0) {
            waiting = now;
        }
        return end;
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
        Map<String, Object> offset = new HashMap<>();
        offset.put(FROM, window.from());
        offset.put(TO, window.to());
        offset.put(OutboxRows.ID, result.getLong(OutboxRows.ID));
        window.cluster().addTo(offset);
        return new Change(
                OutboxRows.read(outbox, result),
                Optional.empty(),
                Optional.of(result.getLong("transaction_id")),
                partition,
                offset,
                clock.millis());
    }
}
