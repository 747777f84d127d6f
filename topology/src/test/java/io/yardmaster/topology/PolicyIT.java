package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;

/** Four shards on three instances, whose fleet takes what comes; every group has endless work in every shard. */
class PolicyIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SHARDS = 4;
    private static final int GROUPS = 4;
    private static final int CAPACITY = 400;
    private static final long SECOND = 1_000;

    private final List<ConsumerRecord<Long, TaskAssignment>> seen = new ArrayList<>();

    @Test
    void L2_aChangeHoldsWithinASecondOnAllInstancesAndGroupsGetTurnsByWeight() throws Exception {
        try (TestDeployment deployment = newDeployment("weights")) {
            deployment.createTopics(SHARDS, 4).set("fairness", "weighted").set("dispatch.capacity", CAPACITY);
            for (int shard = 0; shard < SHARDS; shard++) {
                for (long group = 1; group <= GROUPS; group++) {
                    for (int from = 0; from < 200_000; from += 10_000) {
                        deployment.ready(shard, group, 10L * shard + group, 0, from, from + 10_000);
                    }
                }
            }
            List<SchedulerService> services =
                    List.of(deployment.launch("one"), deployment.launch("two"), deployment.launch("three"));
            services.forEach(service -> service.awaitRunning(LONG));
            await().atMost(LONG).until(() -> services.stream().noneMatch(service -> service.queries()
                    .orElseThrow()
                    .snapshot(Duration.ofSeconds(1))
                    .active()
                    .isEmpty()));
            try (KafkaConsumer<Long, TaskAssignment> fleet =
                    deployment.consumer(deployment.group(), Map.of("max.poll.records", 40))) {
                fleet.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
                for (Map<Long, Double> weights : List.of(
                        Map.of(1L, 1.0, 2L, 2.0, 3L, 4.0, 4L, 8.0), Map.of(1L, 8.0, 2L, 2.0, 3L, 2.0, 4L, 0.5))) {
                    long changed = change(deployment, services, fleet, weights);
                    takeUntil(fleet, changed + 12 * SECOND);
                    assertThat(services).allSatisfy(service -> assertThat(groupWeights(service))
                            .isEqualTo(weights));
                    double sum = weights.values().stream().mapToDouble(w -> w).sum();
                    Map<Long, Long> made = made(changed + SECOND, changed + 11 * SECOND);
                    long all = made.values().stream().mapToLong(n -> n).sum();
                    // Beside 5 %, each shard may be amid a turn at both ends.
                    made.forEach((group, count) -> {
                        double due = all * weights.get(group) / sum;
                        assertThat((double) count)
                                .as("group %s of %s", group, made)
                                .isCloseTo(due, within(0.05 * due + 2 * SHARDS));
                    });
                }
            }
        }
    }

    private static Map<Long, Double> groupWeights(SchedulerService service) {
        return service.queries().orElseThrow().policy().live().groupWeights();
    }

    /** Sets the weights while the fleet goes on; returns the time of an assignment made after all instances know them. */
    private long change(
            TestDeployment deployment,
            List<SchedulerService> services,
            KafkaConsumer<Long, TaskAssignment> fleet,
            Map<Long, Double> weights) {
        await().atMost(LONG).until(() -> take(fleet) > 0);
        weights.forEach((group, weight) -> deployment.policy(
                "group/" + group,
                PolicyEntry.newBuilder()
                        .setBy("ann")
                        .setReason("a test")
                        .setFields(List.of("weight"))
                        .setWeight(weight)
                        .build()));
        await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> {
            take(fleet);
            return services.stream().allMatch(service -> groupWeights(service).equals(weights));
        });
        seen.clear();
        // A window full of assignments, all of one shard, may have been made before.
        await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> {
            take(fleet);
            return IntStream.range(0, SHARDS).allMatch(shard -> countOf(shard) > CAPACITY);
        });
        return seen.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow();
    }

    private long countOf(int shard) {
        return seen.stream()
                .filter(record -> record.value().getJobId() / 10 == shard)
                .count();
    }

    private int take(KafkaConsumer<Long, TaskAssignment> fleet) {
        int before = seen.size();
        fleet.poll(Duration.ofMillis(20)).forEach(seen::add);
        fleet.commitSync();
        return seen.size() - before;
    }

    private void takeUntil(KafkaConsumer<Long, TaskAssignment> fleet, long timestamp) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> {
            take(fleet);
            return seen.get(seen.size() - 1).timestamp() >= timestamp;
        });
    }

    /** Assignments that became durable in this time, by group. */
    private Map<Long, Long> made(long from, long to) {
        Map<Long, Long> made = new TreeMap<>();
        seen.stream()
                .filter(record -> record.timestamp() >= from && record.timestamp() < to)
                .forEach(record -> made.merge(record.value().getResourceGroupId(), 1L, Long::sum));
        return made;
    }

    @Test
    void anInstanceReadsThePolicyThatWasThereBeforeItsStartAlsoWithoutShards() throws Exception {
        try (TestDeployment deployment = newDeployment("early")) {
            deployment.createTopics(1, 1);
            deployment.policy(
                    "group/7",
                    PolicyEntry.newBuilder()
                            .setBy("ann")
                            .setReason("a test")
                            .setAt(Instant.ofEpochMilli(5))
                            .setFields(List.of("weight"))
                            .setWeight(2.0)
                            .build());
            deployment.policy(
                    "nonsense",
                    PolicyEntry.newBuilder()
                            .setBy("ann")
                            .setFields(List.of("x"))
                            .build());
            for (String name : List.of("one", "two")) {
                SchedulerService service = deployment.launch(name);
                await().atMost(LONG).untilAsserted(() -> {
                    var policy = service.queries().orElseThrow().policy();
                    assertThat(policy.live().groupWeights()).isEqualTo(Map.of(7L, 2.0));
                    assertThat(policy.problems()).hasSize(2).anyMatch(problem -> problem.startsWith("nonsense: "));
                });
            }
        }
    }
}
