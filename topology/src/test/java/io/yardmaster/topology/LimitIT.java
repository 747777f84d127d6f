package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.LimitShare;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;

/** Limits over several shards and instances. */
class LimitIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SHARDS = 4;
    private static final int DISPATCH = 4;
    private static final String LICENCE = "limit/licence";
    private static final Duration TASK_TIME = Duration.ofMillis(20);
    private static final long SAMPLE_MS = 20;

    private final Map<Integer, Long> used = new HashMap<>();

    private static void limit(TestDeployment deployment, String key, Long capacity) {
        deployment.policy(
                key,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setReason("a test")
                        .setFields(List.of("capacity"))
                        .setCapacity(capacity)
                        .build());
    }

    private static void submit(TestDeployment deployment, int shard, long job, int tasks, long units) {
        deployment.send(
                Topic.GRAPHS,
                shard,
                job,
                JobGraph.newBuilder()
                        .setResourceGroupId(1)
                        .setJobId(job)
                        .setOnFailure(OnFailure.STOP)
                        .setStages(List.of(SubmittedGraph.needing("a", tasks, Map.of("licence", units))))
                        .build());
    }

    private static void awaitPolicy(List<SchedulerService> services, long capacity) {
        await().atMost(LONG).until(() -> services.stream().allMatch(service -> Long.valueOf(capacity)
                .equals(service.queries().orElseThrow().policy().live().limits().get(LICENCE))));
    }

    /** The mean use of the limit by what the shards publish, for this long. */
    private double meanUse(KafkaConsumer<Integer, Share> shares, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long sum = 0;
        long samples = 0;
        while (System.nanoTime() < end) {
            shares.poll(Duration.ofMillis(SAMPLE_MS))
                    .forEach(record -> used.put(
                            record.key(),
                            record.value().getLimits().stream()
                                    .filter(limit -> limit.getLimit().equals(LICENCE))
                                    .mapToLong(LimitShare::getUsed)
                                    .sum()));
            sum += used.values().stream().mapToLong(Long::longValue).sum();
            samples++;
        }
        return (double) sum / samples;
    }

    @Test
    void L4_aLimitHoldsOverFourShardsAndTwoInstancesWhileOneStopsAndWhileItChanges() throws Exception {
        try (TestDeployment deployment = newDeployment("limits")) {
            deployment.createTopics(SHARDS, DISPATCH);
            limit(deployment, LICENCE, 100L);
            SchedulerService first = deployment.start("first");
            SchedulerService second = deployment.start("second");
            awaitPolicy(List.of(first, second), 100);
            for (int shard = 0; shard < SHARDS; shard++) {
                submit(deployment, shard, 10 + shard, 200_000, 1);
            }
            try (TimedFleet fleet = new TimedFleet(deployment, DISPATCH, TASK_TIME, job -> (int) job - 10);
                    KafkaConsumer<Integer, Share> shares = deployment.published()) {
                await().atMost(LONG).until(() -> fleet.ended() > 500);
                await().atMost(LONG).until(() -> meanUse(shares, Duration.ofSeconds(4)) > 70);

                first.close();
                int before = fleet.ended();
                await().atMost(LONG).until(() -> fleet.ended() > before + 3_000);
                assertThat(fleet.takePeak()).isBetween(10, 100);

                limit(deployment, LICENCE, 20L);
                awaitPolicy(List.of(second), 20);
                await().atMost(LONG).until(() -> meanUse(shares, Duration.ofSeconds(1)) <= 20 && fleet.running() <= 20);
                fleet.takePeak();
                int lowered = fleet.ended();
                await().atMost(LONG).until(() -> fleet.ended() > lowered + 1_500);
                assertThat(fleet.takePeak()).isBetween(1, 20);

                limit(deployment, LICENCE, 200L);
                await().atMost(LONG).until(() -> meanUse(shares, Duration.ofSeconds(1)) > 140);
                assertThat(fleet.takePeak()).isLessThanOrEqualTo(200);
            }
        }
    }

    /** Their group commits what it has taken, and tells nothing else. */
    @Test
    void O3_aFleetWithoutOutcomesReleasesWhatItCommits() throws Exception {
        try (TestDeployment deployment = newDeployment("silent")) {
            deployment.createTopics(2, 2);
            limit(deployment, "tasks/all", 7L);
            List.of("one", "two").forEach(deployment::start);
            for (int shard = 0; shard < 2; shard++) {
                deployment.ready(shard, 1, 10 + shard, 0, 0, 100);
            }
            Set<String> seen = new HashSet<>();
            List<Integer> sizes = new ArrayList<>();
            try (KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(deployment.group(), Map.of())) {
                fleet.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
                await().atMost(LONG).until(() -> {
                    int[] size = {0};
                    fleet.poll(Duration.ofMillis(50)).forEach(record -> {
                        assertThat(seen.add(record.value().getJobId() + "."
                                        + record.value().getTaskIndex()))
                                .isTrue();
                        size[0]++;
                    });
                    sizes.add(size[0]);
                    fleet.commitSync();
                    return seen.size() == 200;
                });
            }
            assertThat(sizes).allMatch(size -> size <= 7);
        }
    }
}
