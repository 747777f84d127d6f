package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.event.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads batches. MariaDB does not tell which transactions still run, so the rows that are visible at one moment get the
 * number of a batch and keep it, and a row that is committed later comes into a later batch, whatever its id. Inside a
 * batch rows go by id.
 *
 * <p>Only pollers raise the number. If it is lower than that of a batch that was read, the database was restored, all
 * of its batches had been read, and the next one gets a higher number than any before.
 */
final class MariaDbPages implements OutboxPages {
    private static final Logger LOG = LoggerFactory.getLogger(MariaDbPages.class);
    private static final String BATCH = "batch";

    private final String outbox;
    private final int most;
    private final Clock clock;
    private final Map<String, ?> partition;
    private final BatchClaim claim;
    private String query;
    private Connection known;
    private Connection warned;

    MariaDbPages(String outbox, int most, Clock clock) {
        this.outbox = outbox;
        this.most = most;
        this.clock = clock;
        this.partition = PollingTask.partition(outbox);
        this.claim = new BatchClaim(outbox, most);
    }

    @Override
    public List<Change> after(Connection connection, Map<String, ?> offset) throws SQLException {
        if (connection != known) {
            query = "SELECT %s FROM %s WHERE batch = ? AND id > ? ORDER BY id LIMIT ?"
                    .formatted(OutboxRows.columns(connection, outbox), outbox);
            known = connection;
        }
        long batch = number(offset, BATCH);
        long newest = claim.newest(connection);
        if (newest < batch && connection != warned) {
            warned = connection;
            LOG.warn(
                    "{} was restored: batch {} is the newest, but {} was read already; new batches are above both",
                    outbox,
                    newest,
                    batch);
        }
        List<Change> found = read(connection, batch, number(offset, OutboxRows.ID));
        if (!found.isEmpty()) {
            return found;
        }
        Optional<Long> unread = claim.after(connection, batch);
        if (unread.isEmpty()) {
            unread = claim.claim(connection, batch);
        }
        return unread.isPresent() ? read(connection, unread.get(), 0) : List.of();
    }

    private static long number(Map<String, ?> offset, String key) {
        return offset.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private List<Change> read(Connection connection, long batch, long afterId) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, batch);
            statement.setLong(2, afterId);
            statement.setInt(3, most);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    changes.add(change(result, batch));
                }
            }
        }
        return changes;
    }

    /** A batch serves as a transaction: no row committed in between can lie between its rows. */
    private Change change(ResultSet result, long batch) throws SQLException {
        return new Change(
                OutboxRows.read(outbox, result),
                Optional.empty(),
                Optional.of(batch),
                partition,
                Map.of(BATCH, batch, OutboxRows.ID, result.getLong(OutboxRows.ID)),
                clock.millis());
    }
}
