package io.yardmaster.bench.connect;

import io.yardmaster.bench.BenchException;
import io.yardmaster.embedded.connect.DatabaseServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** An application that waits for the rows of outcomes, and looks every millisecond. */
final class ResultRows {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private ResultRows() {}

    /**
     * Returns when there are rows of all tasks of a job.
     *
     * @param seen gets the time at which each row was first seen, by {@link System#nanoTime}
     * @throws BenchException if there are not after {@code patience}
     */
    static void await(DatabaseServer server, String database, long job, AtomicLongArray seen, Duration patience) {
        String sql = "SELECT task_index FROM yardmaster_outcomes WHERE job_id = ? AND task_index >= ?";
        try (Connection connection = server.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            long start = System.nanoTime();
            int first = 0;
            while (first < seen.length()) {
                statement.setLong(1, job);
                statement.setInt(2, first);
                try (ResultSet rows = statement.executeQuery()) {
                    long now = System.nanoTime();
                    while (rows.next()) {
                        seen.compareAndSet(rows.getInt(1), 0, now);
                    }
                }
                while (first < seen.length() && seen.get(first) != 0) {
                    first++;
                }
                check(start, patience, first + " of " + seen.length() + " rows of outcomes");
            }
        } catch (SQLException e) {
            throw new BenchException("reading rows of outcomes fails: " + e.getMessage(), e);
        }
    }

    /** Returns when the rows hold this many records of the topic's only partition. */
    static void awaitPosition(DatabaseServer server, String database, String topic, long position, Duration patience) {
        String sql = "SELECT next_offset FROM yardmaster_positions WHERE topic = ?";
        try (Connection connection = server.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            long start = System.nanoTime();
            long at = 0;
            while (at < position) {
                try (ResultSet rows = statement.executeQuery()) {
                    at = rows.next() ? rows.getLong(1) : 0;
                }
                check(start, patience, "rows of " + at + " outcomes, of " + position);
            }
        } catch (SQLException e) {
            throw new BenchException("reading positions fails: " + e.getMessage(), e);
        }
    }

    private static void check(long start, Duration patience, String state) {
        if (System.nanoTime() - start > patience.toNanos()) {
            throw new BenchException("after %s s there are %s".formatted(patience.toSeconds(), state));
        }
        LockSupport.parkNanos(LOOK_NANOS);
    }
}
