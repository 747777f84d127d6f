package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.log.LogAlarms;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short day of two real instances, as metrics, health and logs show it. */
class ObservabilityIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int JOBS = 8;
    private static final int TASKS = 50;
    /** A rebalance more is some lines more; a log that nobody can read any more has thousands. */
    private static final int MOST_LINES = 50;

    private static final TraceContext TRACE = new TraceContext(1, 2, 3, (byte) 1, "vendor=x");
    /** Metrics that every scrape has, but for the JVM's own. */
    private static final String[] OURS = {"yardmaster_", "kafka_"};

    /** Have series for what the policy names, or of fairness=drf; it names nothing here. */
    private static final List<String> OF_A_POLICY = List.of(
            "yardmaster_group_weight ",
            "yardmaster_group_dominant_seconds ",
            "yardmaster_limit_",
            "yardmaster_pool_",
            "yardmaster_placement_");

    @TempDir
    Path directory;

    @Test
    void aDay() throws Exception {
        try (ObservedDeployment deployment = ObservedDeployment.start(directory);
                ServeProcess first = deployment.serve("first", List.of(), "log.format=json")) {
            ServeProcess.Ready at = first.awaitReady();
            await().atMost(LONG).until(() -> status(at, "/health/ready") == 200);
            assertThat(ObservedDeployment.get(at, "/metrics").headers().firstValue("Content-Type"))
                    .contains(Metrics.CONTENT_TYPE);
            PrometheusText idle = ObservedDeployment.scrape(at);
            restsWhileNothingHappens(at);

            work(deployment, at);
            PrometheusText worked = ObservedDeployment.scrape(at);
            hasTheKnownMetrics(worked);
            assertThat(worked.series(OURS)).isEqualTo(idle.series(OURS));
            PromtoolCheck.accepts(ObservedDeployment.get(at, "/metrics").body());

            rebalanceThereAndBack(deployment, at);
            assertThat(ObservedDeployment.scrape(at).series(OURS)).isEqualTo(idle.series(OURS));

            deployment.stopKafka();
            await().atMost(LONG).until(() -> status(at, "/health/ready") == 503);
            assertThat(status(at, "/health/live")).isEqualTo(200);
            await().atMost(LONG)
                    .until(() -> ObservedDeployment.scrape(at).value("yardmaster_fleet_view_age_seconds") > 5);
            first.kill9();
            tellsTheStory(first);
        }
    }

    /** The scrape has the metrics of the file, to which dashboard and alerts are held; the JVM may have more. */
    private static void hasTheKnownMetrics(PrometheusText scrape) throws IOException {
        Set<String> seen = MetricNames.linesOf(scrape);
        List<String> known = Files.readAllLines(MetricNames.FILE);
        Files.write(Path.of("target", "metrics.txt"), seen);
        assertThat(seen)
                .containsAll(known.stream()
                        .filter(line -> OF_A_POLICY.stream().noneMatch(line::startsWith))
                        .toList());
        assertThat(known)
                .containsAll(seen.stream()
                        .filter(line -> List.of(OURS).stream().anyMatch(line::startsWith))
                        .toList());
    }

    /** Without rests, each of its shards would tick 200 times a second. */
    private static void restsWhileNothingHappens(ServeProcess.Ready at) {
        double[] seen = {ticks(at), System.nanoTime()};
        await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).until(() -> {
            double[] before = seen.clone();
            seen[0] = ticks(at);
            seen[1] = System.nanoTime();
            return (seen[0] - before[0]) / (seen[1] - before[1]) * 1e9 < 5 * ObservedDeployment.SHARDS;
        });
    }

    private static double ticks(ServeProcess.Ready at) {
        return ObservedDeployment.scrape(at).value("yardmaster_tick_duration_seconds_count");
    }

    private static void work(ObservedDeployment deployment, ServeProcess.Ready at) {
        RecordHeaders traced = new RecordHeaders();
        TRACE.addTo(traced);
        List<Integer> indices = IntStream.range(0, TASKS).boxed().toList();
        for (long job = 0; job < JOBS; job++) {
            deployment.send(
                    Topic.READY, job, new TaskReady(1L, job, 5L, indices, 0), job == 0 ? traced : new RecordHeaders());
        }
        deployment.send(Topic.READY, 0, new TaskReady(1L, 0L, 5L, indices, 0));
        deployment.send(Topic.COMMIT, 99, new CommitReady(1L, 99L, 5L));
        deployment.sendRaw("yardmaster.cleanup", 1, new byte[] {1, 2}, new RecordHeaders());
        List<ConsumerRecord<Long, TaskAssignment>> taken = new ArrayList<>();
        try (KafkaConsumer<Long, TaskAssignment> member = deployment.executionManager()) {
            await().atMost(LONG).until(() -> {
                member.poll(Duration.ofMillis(100)).forEach(taken::add);
                member.commitSync();
                return taken.size() == JOBS * TASKS + 1;
            });
        }
        assertThat(taken).allSatisfy(record -> assertThat(TraceContext.read(record.headers()))
                .isEqualTo(record.key() == 0 ? Optional.of(TRACE) : Optional.empty()));
        await().atMost(LONG).untilAsserted(() -> {
            PrometheusText seen = ObservedDeployment.scrape(at);
            assertThat(seen.value("yardmaster_assignments_total", "lane", "ready"))
                    .isEqualTo(JOBS * TASKS);
            assertThat(seen.value("yardmaster_assignments_total", "lane", "commit"))
                    .isEqualTo(1);
            assertThat(seen.value("yardmaster_waiting_time_seconds_count")).isEqualTo(JOBS * TASKS + 1);
            assertThat(seen.value("yardmaster_dropped_tasks_total", "reason", "duplicate"))
                    .isEqualTo(TASKS);
            assertThat(seen.value("yardmaster_dead_letters_total", "topic", "yardmaster.cleanup"))
                    .isEqualTo(1);
            assertThat(seen.value("yardmaster_session")).isEqualTo(5 * ObservedDeployment.SHARDS);
            assertThat(seen.value("yardmaster_jobs", "state", "finalizing")).isEqualTo(1);
            assertThat(seen.value("yardmaster_buffered_tasks")).isZero();
            assertThat(seen.value("yardmaster_window_used_assignments")).isZero();
            assertThat(seen.value("yardmaster_dispatch_outstanding_assignments"))
                    .isZero();
            assertThat(seen.value("yardmaster_window_capacity_assignments")).isPositive();
            assertThat(seen.value("yardmaster_tick_duration_seconds_count")).isPositive();
            assertThat(seen.value("yardmaster_fleet_view_age_seconds")).isLessThan(60);
            assertThat(seen.value("yardmaster_fleet_view_breaker", "state", "closed"))
                    .isEqualTo(1);
            assertThat(seen.value("yardmaster_instance_state", "state", "running"))
                    .isEqualTo(1);
            assertThat(seen.value("yardmaster_ready")).isEqualTo(1);
            assertThat(seen.value("kafka_stream_thread_commit_total")).isPositive();
            assertThat(seen.value("kafka_stream_thread_process_total")).isPositive();
            assertThat(seen.value("kafka_producer_record_send_total")).isPositive();
            assertThat(seen.value("kafka_consumer_fetch_manager_records_consumed_total"))
                    .isPositive();
            assertThat(seen.value("kafka_producer_txn_commit_time_seconds_total"))
                    .isPositive();
            assertThat(seen.value("kafka_stream_alive_stream_threads")).isEqualTo(1);
            assertThat(seen.value("kafka_stream_state_block_cache_usage")).isPositive();
        });
    }

    private static void rebalanceThereAndBack(ObservedDeployment deployment, ServeProcess.Ready at) throws IOException {
        try (ServeProcess second = deployment.serve("second", List.of())) {
            ServeProcess.Ready there = second.awaitReady();
            awaitLive(at, () -> ObservedDeployment.shards(at) == 2 && ObservedDeployment.shards(there) == 2);
            assertThat(second.stop()).isZero();
            awaitLive(at, () -> ObservedDeployment.shards(at) == ObservedDeployment.SHARDS);
            assertThat(LogAlarms.in(second.stderr())).isEmpty();
            assertThat(second.stderr().lines().count()).isBetween(5L, (long) MOST_LINES);
        }
        await().atMost(LONG).until(() -> status(at, "/health/ready") == 200);
    }

    private static void awaitLive(ServeProcess.Ready at, java.util.function.BooleanSupplier condition) {
        await().atMost(LONG).until(() -> {
            assertThat(status(at, "/health/live")).isEqualTo(200);
            return condition.getAsBoolean();
        });
    }

    /** Each line is an object; only the events of this test are warnings of ours; the log is short. */
    private static void tellsTheStory(ServeProcess serve) {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = serve.stderr()
                .lines()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
        List<String> told = lines.stream()
                .map(line -> line.path("formattedMessage").asText())
                .toList();
        assertThat(String.join("\n", told))
                .contains("application.id=yardmaster", "gained 0-3, lost none", "session 5 began", "lost", "ready, ");
        assertThat(lines)
                .filteredOn(line -> line.path("level").asText().equals("INFO"))
                .hasSizeBetween(6, MOST_LINES);
        assertThat(lines)
                .filteredOn(line -> !line.path("level").asText().equals("INFO"))
                .filteredOn(line -> line.path("loggerName").asText().startsWith("io.yardmaster."))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("formattedMessage").asText())
                        .containsAnyOf(
                                "went to yardmaster.dead-letter",
                                "cannot read the offsets",
                                "will be replaced",
                                "the upkeep of the topics failed"));
    }

    private static int status(ServeProcess.Ready at, String path) {
        return ObservedDeployment.get(at, path).statusCode();
    }
}
