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

/**
 * Reads batches: MariaDB does not tell which transactions still run, so the rows that are visible at one moment are
 * given the number of a batch, which stays with them, and a row that is committed later comes into a later batch,
 * whatever its id. Inside a batch rows go by id.
 */
final class MariaDbPages implements Pages {
    private static final String BATCH = "batch";

    private final String outbox;
    private final int most;
    private final Clock clock;
    private final Map<String, ?> partition;
    private final BatchClaim claim;
    private final String query;

    MariaDbPages(String outbox, int most, Clock clock) {
        this.outbox = outbox;
        this.most = most;
        this.clock = clock;
        this.partition = PollingTask.partition(outbox);
        this.claim = new BatchClaim(outbox, most);
        this.query = "SELECT %s FROM %s WHERE batch = ? AND id > ? ORDER BY id LIMIT ?"
                .formatted(OutboxRows.COLUMNS, outbox);
    }

    @Override
    public List<Change> after(Connection connection, Map<String, ?> offset) throws SQLException {
        long batch = number(offset, BATCH);
        List<Change> found = batch == 0 ? List.of() : read(connection, batch, number(offset, OutboxRows.ID));
        // Batches that were claimed and perhaps not sent; rows of old ones may have been deleted.
        for (long newest = claim.newest(connection); found.isEmpty() && batch < newest; ) {
            batch++;
            found = read(connection, batch, 0);
        }
        if (found.isEmpty()) {
            Optional<Long> claimed = claim.claim(connection);
            if (claimed.isPresent()) {
                return read(connection, claimed.get(), 0);
            }
        }
        return found;
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

    /** A batch is as good as a transaction: nothing that was committed in between can lie between its rows. */
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
