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
 * Reads ranges of transactions: a range ends before the oldest transaction that still runs, so that all of it is
 * decided when it is read, and the next one begins there. Inside a range rows go by id: a row inserted after another
 * was committed gets the higher id, and no transaction of an earlier range can have seen one of a later range.
 *
 * <p>The number at a range's end must not be given to a new transaction later. So the range's decisions are on the
 * server's disk before it is read, and every look checks that the server is still the one whose transactions the offset
 * counts.
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
    private String query;
    private Connection known;
    private String look;
    private PostgresLook waiting;

    PostgresPages(String outbox, int most, Clock clock) {
        this.outbox = outbox;
        this.most = most;
        this.clock = clock;
        this.partition = PollingTask.partition(outbox);
    }

    private String query(Connection connection) throws SQLException {
        return "SELECT %s, transaction_id FROM %s".formatted(OutboxRows.columns(connection, outbox), outbox)
                + " WHERE transaction_id >= ? AND transaction_id < ? AND id > ? ORDER BY id LIMIT ?";
    }

    /** The transactions from {@code from} up to {@code to}, which is not part of it. */
    private record TransactionRange(long from, long to, PostgresCluster cluster) {
        static TransactionRange of(Map<String, ?> offset) {
            return new TransactionRange(number(offset, FROM), number(offset, TO), PostgresCluster.of(offset));
        }
    }

    @Override
    public List<Change> after(Connection connection, Map<String, ?> offset) throws SQLException, StaleOffsetException {
        TransactionRange range = TransactionRange.of(offset);
        if (connection != known) {
            look = PostgresLook.query(connection, outbox);
            waiting = null;
            check(PostgresLook.at(connection, look), range);
            query = query(connection);
            known = connection;
        }
        List<Change> rest = read(connection, range, number(offset, OutboxRows.ID));
        if (!rest.isEmpty()) {
            return rest;
        }
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            PostgresLook now = PostgresLook.at(connection, look);
            check(now, range);
            long end = durableEnd(now);
            if (end > 0) {
                return end > range.to()
                        ? read(connection, new TransactionRange(range.to(), end, now.cluster()), 0)
                        : List.of();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return List.of();
    }

    private static long number(Map<String, ?> offset, String key) {
        return offset.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private void check(PostgresLook now, TransactionRange range) throws SQLException, StaleOffsetException {
        if (now.cluster().isOtherThan(range.cluster())) {
            throw new StaleOffsetException("it was restored or failed over since %s was read last (%s, now %s)"
                    .formatted(outbox, range.cluster(), now.cluster()));
        }
        if (now.next() < range.to()) {
            String behind = "transaction %s comes next, but %s was read up to %s already"
                    .formatted(now.next(), outbox, range.to());
            if (now.cluster().standby()) {
                throw new SQLTransientException("the standby is behind: " + behind);
            }
            throw new StaleOffsetException("it was restored: " + behind);
        }
        if (now.newestRow() >= now.next()) {
            throw new SQLException(("rows of %1$s were copied from another server: they have transaction numbers up to"
                            + " %2$s, and here %3$s comes next; run UPDATE %1$s SET transaction_id ="
                            + " pg_current_xact_id()::text::bigint WHERE transaction_id >= %3$s")
                    .formatted(outbox, now.newestRow(), now.next()));
        }
    }

    /**
     * The end of a range; 0 if none is certain yet. A crash loses the log's unflushed end, and the server then gives
     * the same transaction numbers again. So a look counts only once all of the log up to it is on the disk, which a
     * later look may show.
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

    private List<Change> read(Connection connection, TransactionRange range, long afterId) throws SQLException {
        if (range.from() == range.to()) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, range.from());
            statement.setLong(2, range.to());
            statement.setLong(3, afterId);
            statement.setInt(4, most);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    changes.add(change(result, range));
                }
            }
        }
        return changes;
    }

    private Change change(ResultSet result, TransactionRange range) throws SQLException {
        Map<String, Object> offset = new HashMap<>();
        offset.put(FROM, range.from());
        offset.put(TO, range.to());
        offset.put(OutboxRows.ID, result.getLong(OutboxRows.ID));
        range.cluster().addTo(offset);
        return new Change(
                OutboxRows.read(outbox, result),
                Optional.empty(),
                Optional.of(result.getLong("transaction_id")),
                partition,
                offset,
                clock.millis());
    }
}
