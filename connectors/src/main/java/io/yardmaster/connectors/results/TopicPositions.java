package io.yardmaster.connectors.results;

import io.yardmaster.connectors.settings.ResultTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets up to which the rows of a database hold, by partition, as the database has them. They are the task's place in Kafka: the
 * consumer group's offsets are only there for people to look at.
 */
final class TopicPositions {
    private final Dialect dialect;
    private final Map<TopicPartition, Long> known = new HashMap<>();

    TopicPositions(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Another task has written, or the database was put back: its position is not the one that this task has left there. */
    static final class MovedException extends Exception {
        private static final long serialVersionUID = 1L;

        MovedException(TopicPartition partition, long position) {
            super("%s is not at %s any more".formatted(partition, position));
        }
    }

    /** Forgets what it knows, of these or of all partitions. */
    void forget(Collection<TopicPartition> partitions) {
        known.keySet().removeAll(partitions);
    }

    boolean know(Collection<TopicPartition> partitions) {
        return known.keySet().containsAll(partitions);
    }

    long of(TopicPartition partition) {
        return known.get(partition);
    }

    /** Reads and commits; a partition without a position gets the beginning of the topic. */
    Map<TopicPartition, Long> read(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
        Map<TopicPartition, Long> found = new HashMap<>();
        for (TopicPartition partition : partitions) {
            List<Object> beginning = List.of(partition.topic(), partition.partition(), 0L);
            try (PreparedStatement insert =
                    dialect.insert(connection, ResultTable.POSITIONS, List.of(beginning), false)) {
                insert.executeUpdate();
            }
            try (PreparedStatement select = dialect.prepared(
                            connection,
                            "SELECT next_offset FROM yardmaster_positions WHERE topic = ? AND topic_partition = ?",
                            List.of(partition.topic(), partition.partition()));
                    ResultSet row = select.executeQuery()) {
                row.next();
                found.put(partition, row.getLong(1));
            }
        }
        connection.commit();
        known.putAll(found);
        return found;
    }

    /** Fails if a position is not the one that this task has left; commits. */
    void check(Connection connection) throws SQLException, MovedException {
        Map<TopicPartition, Long> left = Map.copyOf(known);
        Map<TopicPartition, Long> found = read(connection, left.keySet());
        for (TopicPartition partition : left.keySet()) {
            if (!found.get(partition).equals(left.get(partition))) {
                throw new MovedException(partition, left.get(partition));
            }
        }
    }

    /** Moves on within the transaction; {@link #moved} when it is committed. */
    void move(Connection connection, Map<TopicPartition, Long> to) throws SQLException, MovedException {
        for (Map.Entry<TopicPartition, Long> entry : to.entrySet()) {
            TopicPartition partition = entry.getKey();
            try (PreparedStatement update = dialect.prepared(
                    connection,
                    "UPDATE yardmaster_positions SET next_offset = ?"
                            + " WHERE topic = ? AND topic_partition = ? AND next_offset = ?",
                    List.of(entry.getValue(), partition.topic(), partition.partition(), known.get(partition)))) {
                if (update.executeUpdate() == 0) {
                    throw new MovedException(partition, known.get(partition));
                }
            }
        }
    }

    void moved(Map<TopicPartition, Long> to) {
        known.putAll(to);
    }
}
