package io.yardmaster.bench.contestants;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One-time tasks of db-scheduler that do nothing, scheduled a hundred at a time; it locks and fetches them itself. */
final class DbSchedulerQueue implements DurableQueue {
    private static final int BATCH = 100;
    /** Fetches when fewer tasks are left than there are threads, and then up to four for each. */
    private static final double LOWER_LIMIT = 1.0;

    private static final double UPPER_LIMIT = 4.0;
    private static final Duration POLLING_INTERVAL = Duration.ofMillis(10);

    private static final String CREATE =
            """
            CREATE TABLE scheduled_tasks (
              task_name text NOT NULL,
              task_instance text NOT NULL,
              task_data bytea,
              execution_time timestamptz NOT NULL,
              picked boolean NOT NULL,
              picked_by text,
              last_success timestamptz,
              last_failure timestamptz,
              consecutive_failures int,
              last_heartbeat timestamptz,
              version bigint NOT NULL,
              priority smallint,
              PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)
            """;

    private final QueueDatabase server;

    DbSchedulerQueue(QueueDatabase server) throws SQLException {
        this.server = server;
        server.execute(CREATE);
    }

    @Override
    public void run(long tasks, int threads) throws Exception {
        server.execute("TRUNCATE scheduled_tasks");
        CountDownLatch done = new CountDownLatch(Math.toIntExact(tasks));
        OneTimeTask<Void> task = Tasks.oneTime("task").execute((instance, context) -> done.countDown());
        Scheduler scheduler = Scheduler.create(server.pool(), task)
                .threads(threads)
                .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
                .pollingInterval(POLLING_INTERVAL)
                .build();
        scheduler.start();
        try {
            schedule(scheduler, task, tasks);
            done.await();
        } finally {
            scheduler.stop();
        }
    }

    private static void schedule(Scheduler scheduler, OneTimeTask<Void> task, long tasks) {
        List<TaskInstance<?>> batch = new ArrayList<>(BATCH);
        for (long number = 0; number < tasks; number++) {
            batch.add(task.instance(Long.toString(number)));
            if (batch.size() == BATCH || number + 1 == tasks) {
                scheduler.scheduleBatch(batch, Instant.now());
                batch.clear();
            }
        }
    }
}
