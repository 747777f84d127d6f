package io.yardmaster.bench.contestants;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A table of tasks. One connection inserts them a hundred at a time, another one locks a hundred, and deletes them;
 * each batch is one transaction.
 */
final class SkipLockedQueue implements DurableQueue {
    private static final int BATCH = 100;
    private static final int JOBS = 1_000;

    private static final String CREATE =
            """
            CREATE TABLE tasks (
              id bigserial PRIMARY KEY,
              resource_group_id bigint NOT NULL,
              job_id bigint NOT NULL,
              task_index int NOT NULL,
              attempt int NOT NULL,
              ready_at timestamptz NOT NULL DEFAULT now())
            """;
    private static final String INSERT =
            "INSERT INTO tasks (resource_group_id, job_id, task_index, attempt) VALUES (?, ?, ?, 0)";
    private static final String TAKE =
            """
            DELETE FROM tasks
            WHERE id = ANY (ARRAY(SELECT id FROM tasks ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
            RETURNING job_id, task_index, attempt
            """
                    .formatted(BATCH);

    private final QueueDatabase server;

    SkipLockedQueue(QueueDatabase server) throws SQLException {
        this.server = server;
        server.execute(CREATE);
    }

    @Override
    public void run(long tasks, int threads) throws Exception {
        server.execute("TRUNCATE tasks");
        ExecutorService sender = Executors.newSingleThreadExecutor();
        Future<?> sending = sender.submit(() -> {
            insert(tasks);
            return null;
        });
        sender.shutdown();
        take(tasks);
        sending.get();
    }

    private void insert(long tasks) throws SQLException {
        try (Connection connection = server.pool().getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            for (long task = 0; task < tasks; task++) {
                long job = task % JOBS;
                insert.setLong(1, job % 10);
                insert.setLong(2, job);
                insert.setInt(3, (int) (task / JOBS));
                insert.addBatch();
                if ((task + 1) % BATCH == 0 || task + 1 == tasks) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private void take(long tasks) throws SQLException, InterruptedException {
        try (Connection connection = server.pool().getConnection();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            long done = 0;
            while (done < tasks) {
                int taken = 0;
                try (ResultSet rows = take.executeQuery()) {
                    while (rows.next()) {
                        taken++;
                    }
                }
                done += taken;
                if (taken == 0) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        }
    }
}
