package io.yardmaster.connectors.polling;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Numbers batches of outbox rows one after the other, even while two pollers run for a moment. */
final class BatchClaim {
    private static final String NEWEST = "SELECT batch FROM yardmaster_poll";
    private static final String LOCK = NEWEST + " FOR UPDATE";
    private static final String RAISE = "UPDATE yardmaster_poll SET batch = ?";

    /** MariaDB treats longer lists as tables, and then locks more than these rows. */
    private static final int IDS_PER_UPDATE = 500;

    private final String outbox;
    private final String unclaimed;
    private final String next;

    BatchClaim(String outbox, int most) {
        this.outbox = outbox;
        this.unclaimed = "SELECT id FROM %s WHERE batch IS NULL ORDER BY id LIMIT %s".formatted(outbox, most);
        this.next = "SELECT batch FROM %s WHERE batch > ? ORDER BY batch LIMIT 1".formatted(outbox);
    }

    long newest(Connection connection) throws SQLException {
        return number(connection, NEWEST);
    }

    /** The first batch with rows after another one; it was numbered, and perhaps not sent. */
    Optional<Long> after(Connection connection, long batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(next)) {
            statement.setLong(1, batch);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(result.getLong(1)) : Optional.empty();
            }
        }
    }

    /**
     * Puts the rows that are visible now and in no batch into a new one; empty if there are none.
     *
     * @param above a batch that was read before, below the new one
     */
    Optional<Long> claim(Connection connection, long above) throws SQLException {
        if (ids(connection).isEmpty()) {
            return Optional.empty();
        }
        connection.setAutoCommit(false);
        try {
            Optional<Long> batch = claimLocked(connection, above);
            connection.commit();
            return batch;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** This transaction's snapshot begins with its first read without a lock, and so after it has the lock. */
    private Optional<Long> claimLocked(Connection connection, long above) throws SQLException {
        long batch = Math.max(number(connection, LOCK), above) + 1;
        List<Long> ids = ids(connection);
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement()) {
            for (int first = 0; first < ids.size(); first += IDS_PER_UPDATE) {
                List<Long> some = ids.subList(first, Math.min(ids.size(), first + IDS_PER_UPDATE));
                statement.executeUpdate("UPDATE %s SET batch = %s WHERE id IN (%s)"
                        .formatted(
                                outbox,
                                batch,
                                some.stream().map(String::valueOf).collect(Collectors.joining(","))));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(RAISE)) {
            statement.setLong(1, batch);
            statement.executeUpdate();
        }
        return Optional.of(batch);
    }

    private List<Long> ids(Connection connection) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(unclaimed)) {
            while (result.next()) {
                ids.add(result.getLong(1));
            }
        }
        return ids;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new SQLException("table yardmaster_poll has no row", "42000");
            }
            return result.getLong(1);
        }
    }
}
