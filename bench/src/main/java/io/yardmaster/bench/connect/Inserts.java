package io.yardmaster.bench.connect;

import io.yardmaster.bench.BenchException;
import io.yardmaster.embedded.connect.DatabaseServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** An application that makes tasks ready. */
final class Inserts {
    private static final String INSERT = "INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (?, ?)";
    static final int PACED_JOB = 1;
    private static final int FIRST_FAST_JOB = 100;
    private static final int JOBS = 100;
    private static final int ROWS_PER_TRANSACTION = 100;

    private Inserts() {}

    /**
     * One row per transaction, at an even pace.
     *
     * @param committed gets the time at which each commit returned, by {@link System#nanoTime}
     */
    static void paced(DatabaseServer server, String database, int rows, int perSecond, AtomicLongArray committed) {
        long pace = TimeUnit.SECONDS.toNanos(1) / perSecond;
        try (Connection connection = server.connect(database);
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            for (int row = 0; row < rows; row++) {
                for (long now = System.nanoTime(), due = start + row * pace; now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                statement.setLong(1, PACED_JOB);
                statement.setInt(2, row);
                statement.executeUpdate();
                connection.commit();
                committed.set(row, System.nanoTime());
            }
        } catch (SQLException e) {
            throw new BenchException("inserting fails: " + e.getMessage(), e);
        }
    }

    /** Many rows per transaction, of many jobs, as fast as one connection goes. */
    static void fast(DatabaseServer server, String database, int rows) {
        try (Connection connection = server.connect(database);
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            for (int row = 0; row < rows; row++) {
                statement.setLong(1, FIRST_FAST_JOB + row / ROWS_PER_TRANSACTION % JOBS);
                statement.setInt(2, row);
                statement.addBatch();
                if (row % ROWS_PER_TRANSACTION == ROWS_PER_TRANSACTION - 1 || row == rows - 1) {
                    statement.executeBatch();
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            throw new BenchException("inserting fails: " + e.getMessage(), e);
        }
    }
}
