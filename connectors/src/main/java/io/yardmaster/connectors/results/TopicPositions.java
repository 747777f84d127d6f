package io.yardmaster.connectors.results;

import io.yardmaster.connectors.settings.ResultTable;
import io.yardmaster.schemas.ResultsPlace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The offsets up to which the rows of a database hold, by partition, as the database has them. They are the task's place in Kafka: the
 * consumer group's offsets are only there for people to look at.
 */
final class TopicPositions {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPositions.class);
    private static final String OF_PARTITION = " WHERE topic = ? AND topic_partition = ?";

    private final Dialect dialect;
    private final TopicStarts starts;
    private final Map<TopicPartition, Place> known = new HashMap<>();

    TopicPositions(Dialect dialect, TopicStarts starts) {
        this.dialect = dialect;
        this.starts = starts;
    }

    /**
     * A row of the table of positions.
     *
     * @param next the offset of the next record
     * @param lost how many offsets before it were deleted before they became rows
     */
    private record Place(long next, long lost) {}

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

    /** Reads and commits; a partition without a position gets the beginning of the topic. */
    Map<TopicPartition, Long> read(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException, MovedException {
        readPlaces(connection, partitions);
        passDeleted(connection, partitions);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(
                partition -> offsets.put(partition, known.get(partition).next()));
        return offsets;
    }

    private void readPlaces(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
        Map<TopicPartition, Place> found = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Optional<Place> place = place(connection, partition);
            if (place.isEmpty()) {
                long start = starts.of(List.of(partition)).get(partition);
                List<Object> beginning = List.of(partition.topic(), partition.partition(), start, 0L);
                try (PreparedStatement insert =
                        dialect.insert(connection, ResultTable.POSITIONS, List.of(beginning), false)) {
                    insert.executeUpdate();
                }
                // Another task may have made one in between.
                place = place(connection, partition);
            }
            found.put(
                    partition,
                    place.orElseThrow(() -> new SQLException("there is no position of %s".formatted(partition))));
        }
        connection.commit();
        known.putAll(found);
    }

    private Optional<Place> place(Connection connection, TopicPartition partition) throws SQLException {
        try (PreparedStatement select = dialect.prepared(
                        connection,
                        "SELECT next_offset, lost FROM yardmaster_positions" + OF_PARTITION,
                        List.of(partition.topic(), partition.partition()));
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(new Place(row.getLong(1), row.getLong(2))) : Optional.empty();
        }
    }

    /**
     * Fails if a position is not the one that this task has left; passes over deleted records; commits.
     *
     * @return the new positions of partitions where records were deleted
     */
    Map<TopicPartition, Long> check(Connection connection) throws SQLException, MovedException {
        Map<TopicPartition, Place> left = Map.copyOf(known);
        readPlaces(connection, left.keySet());
        for (TopicPartition partition : left.keySet()) {
            if (known.get(partition).next() != left.get(partition).next()) {
                throw new MovedException(partition, left.get(partition).next());
            }
        }
        Map<TopicPartition, Long> passed = new HashMap<>();
        for (TopicPartition partition : passDeleted(connection, left.keySet())) {
            passed.put(partition, known.get(partition).next());
        }
        return passed;
    }

    /**
     * Passes over records that were deleted from Kafka before they became rows, if these records follow such a gap; commits. The markers
     * of transactions are gaps, too, but nothing is deleted there.
     */
    void passGaps(Connection connection, Collection<SinkRecord> records) throws SQLException, MovedException {
        Set<TopicPartition> seen = new HashSet<>();
        Set<TopicPartition> jumped = new HashSet<>();
        for (SinkRecord record : records) {
            TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
            // The consumer begins anew elsewhere only between two polls, so only the first record can follow a gap.
            if (seen.add(partition)
                    && record.originalKafkaOffset() > known.get(partition).next()) {
                jumped.add(partition);
            }
        }
        passDeleted(connection, jumped);
    }

    private Set<TopicPartition> passDeleted(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException, MovedException {
        Map<TopicPartition, Place> passed = new HashMap<>();
        for (Map.Entry<TopicPartition, Long> start : starts.of(partitions).entrySet()) {
            TopicPartition partition = start.getKey();
            Place place = known.get(partition);
            long gap = start.getValue() - place.next();
            if (gap > 0) {
                Place behind = new Place(start.getValue(), place.lost() + gap);
                update(connection, partition, place, behind);
                passed.put(partition, behind);
            }
        }
        if (!passed.isEmpty()) {
            connection.commit();
            passed.forEach((partition, behind) -> LOG.error(
                    "lost: the records of {} from offset {} to {} were deleted from Kafka before they became rows; see"
                            + " \"Lost records\" in connectors/README.md",
                    partition,
                    known.get(partition).next(),
                    behind.next() - 1));
            known.putAll(passed);
        }
        return passed.keySet();
    }

    /** Moves on within the transaction; {@link #moved} when it is committed. */
    void move(Connection connection, Map<TopicPartition, Long> to) throws SQLException, MovedException {
        for (Map.Entry<TopicPartition, Long> entry : to.entrySet()) {
            Place place = known.get(entry.getKey());
            update(connection, entry.getKey(), place, new Place(entry.getValue(), place.lost()));
        }
    }

    private void update(Connection connection, TopicPartition partition, Place from, Place to)
            throws SQLException, MovedException {
        // The number of lost ones is added, as somebody may have set it to 0 meanwhile.
        try (PreparedStatement update = dialect.prepared(
                connection,
                "UPDATE yardmaster_positions SET next_offset = ?, lost = lost + ?" + OF_PARTITION
                        + " AND next_offset = ?",
                List.of(to.next(), to.lost() - from.lost(), partition.topic(), partition.partition(), from.next()))) {
            if (update.executeUpdate() == 0) {
                throw new MovedException(partition, from.next());
            }
        }
    }

    void moved(Map<TopicPartition, Long> to) {
        to.forEach((partition, next) ->
                known.put(partition, new Place(next, known.get(partition).lost())));
    }

    /** These offsets for the consumer group, with the number of lost ones beside them; of known partitions only. */
    Map<TopicPartition, OffsetAndMetadata> withLost(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> marked = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            Place place = known.get(partition);
            if (place != null) {
                marked.put(
                        partition,
                        new OffsetAndMetadata(
                                offset.offset(), offset.leaderEpoch(), ResultsPlace.metadata(place.lost())));
            }
        });
        return marked;
    }
}
