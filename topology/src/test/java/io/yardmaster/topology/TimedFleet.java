package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Execution managers in this process, each of whose tasks takes the same time, with an outcome; they count the tasks that run. */
final class TimedFleet implements AutoCloseable {
    private final TestDeployment deployment;
    private final Duration taskTime;
    private final LongToIntFunction shardOf;
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(4);
    private final Thread reader;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean closing;

    /** @param shardOf the shard of a job */
    TimedFleet(TestDeployment deployment, int partitions, Duration taskTime, LongToIntFunction shardOf) {
        this.deployment = deployment;
        this.taskTime = taskTime;
        this.shardOf = shardOf;
        KafkaConsumer<Long, TaskAssignment> consumer = deployment.consumer(deployment.group(), Map.of());
        consumer.assign(IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(deployment.topic(Topic.DISPATCH), partition))
                .toList());
        // Outcomes alone tell what has ended.
        consumer.assignment().forEach(partition -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0))));
        this.reader = new Thread(() -> read(consumer), "timed-fleet");
        reader.start();
    }

    private void read(KafkaConsumer<Long, TaskAssignment> consumer) {
        try (consumer) {
            while (!closing) {
                consumer.poll(Duration.ofMillis(20)).forEach(record -> run(record.value()));
            }
        }
    }

    private void run(TaskAssignment task) {
        peak.accumulateAndGet(running.incrementAndGet(), Math::max);
        var unused = workers.schedule(() -> end(task), taskTime.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end(TaskAssignment task) {
        // Before the outcome, which lets another task run.
        running.decrementAndGet();
        ended.incrementAndGet();
        deployment.outcome(
                shardOf.applyAsInt(task.getJobId()), SchedulerDriver.outcomeOf(task, TaskResult.SUCCEEDED, ""));
    }

    int running() {
        return running.get();
    }

    /** The tasks that have ended. */
    int ended() {
        return ended.get();
    }

    /** The most tasks that ran at once since the last call. */
    int takePeak() {
        return peak.getAndSet(running.get());
    }

    @Override
    public void close() {
        closing = true;
        try {
            reader.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
    }
}
