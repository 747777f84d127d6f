package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongSerializer;

/** An execution manager of which each handler runs a task of another job until the job is killed. */
public final class HeldHandlers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CountDownLatch running;
    private final CountDownLatch ended;
    private final Map<Long, Long> cancelledAt = new ConcurrentHashMap<>();
    private final ExecutionManager manager;

    /**
     * Returns when all handlers run.
     *
     * @param settings of a scheduler, whose kills cancel the handlers
     * @param topic gets their assignments, so that they need not take the load's
     * @param session of the assignments
     */
    public HeldHandlers(Map<String, String> settings, String topic, long firstJob, int jobs, long session) {
        running = new CountDownLatch(jobs);
        ended = new CountDownLatch(jobs);
        String servers = settings.get("kafka.bootstrap.servers");
        send(servers, topic, firstJob, jobs, session);
        Map<String, String> own = new HashMap<>(Map.of(
                "bootstrap.servers",
                servers,
                "schema.registry.url",
                WorkloadSchemas.REGISTRY_URL,
                TopicNames.PREFIX_SETTING,
                settings.get(TopicNames.PREFIX_SETTING),
                "topic.dispatch",
                topic,
                "dispatch.group",
                topic,
                "dispatch.group.check",
                "false",
                "auto.offset.reset",
                "earliest"));
        manager = ExecutionManager.builder()
                .settings(own)
                .parallelism(jobs)
                .handler(this::hold)
                .start();
        await(running, "run");
    }

    private static void send(String servers, String topic, long firstJob, int jobs, long session) {
        WorkloadSchemas.register();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers),
                new LongSerializer(),
                ValueSerdes.of(Topic.DISPATCH, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                        .serializer())) {
            for (int i = 0; i < jobs; i++) {
                TaskAssignment assignment = new TaskAssignment(
                        (long) i,
                        0L,
                        firstJob + i,
                        TaskKind.TASK,
                        0,
                        0,
                        session,
                        Instant.now(),
                        0L,
                        Payload.NONE,
                        "",
                        Map.of(),
                        "");
                var unused = producer.send(new ProducerRecord<>(topic, assignment.getJobId(), assignment));
            }
        }
    }

    private void hold(Assignment assignment, HandlerContext context) throws InterruptedException {
        running.countDown();
        if (context.awaitCancelled(PATIENCE.multipliedBy(2))) {
            cancelledAt.put(assignment.jobId(), System.nanoTime());
        }
        ended.countDown();
    }

    /** The times at which the handlers were cancelled, by {@link System#nanoTime} and job; waits until all are. */
    public Map<Long, Long> cancelledAt() {
        await(ended, "were cancelled");
        return cancelledAt;
    }

    private static void await(CountDownLatch latch, String what) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new BenchException("not all handlers " + what + " within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while handlers ran", e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
