package io.yardmaster.app.metrics;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A storage whose jobs live a few seconds each, every other one traced, and an execution manager that takes all assignments. */
final class SoakLoad implements AutoCloseable {
    private static final long PAUSE_MS = 100;
    private static final int TASKS = 40;
    private static final int LIFE = 30;
    private static final int JOBS_PER_SESSION = 1_500;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> storage;
    private final CompletableFuture<Void> taking;

    SoakLoad(ObservedDeployment deployment) {
        storage = CompletableFuture.runAsync(() -> send(deployment), SoakLoad::thread);
        taking = CompletableFuture.runAsync(() -> take(deployment), SoakLoad::thread);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "soak");
        thread.setDaemon(true);
        thread.start();
    }

    private void send(ObservedDeployment deployment) {
        Random random = new Random(1);
        try {
            for (long job = 1; !closing.await(PAUSE_MS, TimeUnit.MILLISECONDS); job++) {
                long session = 1 + job / JOBS_PER_SESSION;
                RecordHeaders headers = new RecordHeaders();
                if (job % 2 == 0) {
                    new TraceContext(job, job, job, (byte) 1, "").addTo(headers);
                }
                List<Integer> indices = job % 3 == 0
                        ? random.ints(TASKS, 0, 10 * TASKS).boxed().toList()
                        : IntStream.range(0, TASKS).boxed().toList();
                deployment.send(Topic.READY, job, new TaskReady(job % 5, job, session, indices, 0), headers);
                long old = job - LIFE;
                if (old > 0 && old % 4 != 0) {
                    deployment.send(Topic.COMMIT, old, new CommitReady(old % 5, old, session), headers);
                } else if (old > 0 && old % 8 == 0) {
                    deployment.send(Topic.CLEANUP, old, new CleanupReady(old % 5, old, session, false));
                }
            }
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private void take(ObservedDeployment deployment) {
        try (KafkaConsumer<Long, TaskAssignment> consumer = deployment.executionManager()) {
            while (closing.getCount() > 0) {
                consumer.poll(Duration.ofMillis(100));
                consumer.commitSync();
            }
        }
    }

    /** Throws if the storage or the execution manager has failed. */
    void check() {
        if (storage.isDone()) {
            storage.join();
        }
        if (taking.isDone()) {
            taking.join();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        storage.join();
        taking.join();
    }
}
