package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskAssignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several shards on several instances are one scheduler, on a real broker. */
class ManyPartitionsIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final long SEED = 20_261_124;

    private static void launch(TestDeployment deployment, int instances) {
        List<SchedulerService> launched = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            launched.add(deployment.launch("instance-" + i));
        }
        launched.forEach(instance -> instance.awaitRunning(LONG));
    }

    private static void assertOnce(List<TaskAssignment> assignments, int jobs, int tasks) {
        assertThat(assignments).hasSize(jobs * tasks);
        assertThat(assignments)
                .extracting(assignment -> List.of(assignment.getJobId(), assignment.getTaskIndex()))
                .doesNotHaveDuplicates();
        assertThat(assignments).extracting(TaskAssignment::getAssignmentId).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 1, 8", "4, 1, 7, 25", "4, 3, 10, 25", "16, 3, 5, 15"})
    void S12_theCapacityIsNeverExceededAndAllOfItIsUsed(int shards, int instances, int capacity, int tasks)
            throws Exception {
        try (TestDeployment deployment = newDeployment("capacity-" + shards + "-" + instances + "-" + capacity)
                .set("dispatch.capacity", capacity)
                .createTopics(shards, 3)) {
            for (int job = 0; job < 12; job++) {
                // Half of the jobs are in one shard.
                deployment.ready(job < 6 ? 0 : job % shards, 1, job, 0, 0, tasks);
            }
            launch(deployment, instances);
            try (MeasuringFleet fleet = new MeasuringFleet(deployment, new Random(SEED))) {
                await().atMost(LONG).until(() -> {
                    fleet.readNew();
                    return fleet.outstanding() == capacity;
                });
                await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> {
                    fleet.takeSome();
                    return fleet.seen().size() >= 12 * tasks;
                });
                assertOnce(fleet.seen(), 12, tasks);
                assertThat(fleet.most()).as("seed %d", SEED).isEqualTo(capacity);
            }
        }
    }

    @Test
    void S12_abortedTransactionsNeitherWidenNorNarrowTheWindow() throws Exception {
        Random random = new Random(SEED);
        try (TestDeployment deployment =
                newDeployment("aborts").set("dispatch.capacity", 9).createTopics(4, 2)) {
            for (int job = 0; job < 8; job++) {
                deployment.ready(job % 4, 1, job, 0, 0, 60);
            }
            launch(deployment, 2);
            try (MeasuringFleet fleet = new MeasuringFleet(deployment, random)) {
                for (int aborted = 0; aborted < 6; ) {
                    fleet.takeSome();
                    aborted += abortOne(deployment, random);
                }
                await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> {
                    fleet.takeSome();
                    return fleet.seen().size() >= 8 * 60;
                });
                assertOnce(fleet.seen(), 8, 60);
                assertThat(fleet.most()).as("seed %d", SEED).isLessThanOrEqualTo(9);
            }
        }
    }

    /** Fences the producer of one stream thread, now and then; the broker aborts its open transaction. */
    private static int abortOne(TestDeployment deployment, Random random)
            throws ExecutionException, InterruptedException {
        if (random.nextInt(15) > 0) {
            return 0;
        }
        List<String> ids = deployment.admin().listTransactions().all().get().stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(deployment.applicationId() + "-"))
                .toList();
        String victim = ids.get(random.nextInt(ids.size()));
        deployment.admin().fenceProducers(List.of(victim)).all().get();
        return 1;
    }

    @Test
    void S12_partitionsThatMoveTakeTheirShareAlong() throws Exception {
        try (TestDeployment deployment =
                newDeployment("moves").set("dispatch.capacity", 8).createTopics(4, 2)) {
            for (int job = 0; job < 8; job++) {
                deployment.ready(job % 4, 1, job, 0, 0, 50);
            }
            SchedulerService first = deployment.start("first");
            try (MeasuringFleet fleet = new MeasuringFleet(deployment, new Random(SEED))) {
                await().atMost(LONG).until(() -> {
                    fleet.takeSome();
                    return fleet.seen().size() >= 100;
                });
                deployment.launch("second");
                await().atMost(LONG).until(() -> {
                    fleet.takeSome();
                    return fleet.seen().size() >= 200;
                });
                first.close();
                await().atMost(LONG).until(() -> {
                    fleet.takeSome();
                    return fleet.seen().size() >= 8 * 50;
                });
                assertOnce(fleet.seen(), 8, 50);
                assertThat(fleet.most()).as("seed %d", SEED).isLessThanOrEqualTo(8);
            }
        }
    }

    @Test
    void S16_jobsInDifferentPartitionsAdvanceAtTheSameSpeed() throws Exception {
        try (TestDeployment deployment =
                newDeployment("pace").set("dispatch.capacity", 60).createTopics(4, 3)) {
            for (int job = 0; job < 10; job++) {
                deployment.ready(job < 7 ? 0 : job - 6, 1, job, 0, 0, 10_000);
            }
            launch(deployment, 2);
            try (MeasuringFleet fleet = new MeasuringFleet(deployment, new Random(SEED))) {
                await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> {
                    fleet.takeSome();
                    return fleet.seen().size() >= 6_000;
                });
                Map<Long, Long> byJob = fleet.seen().stream()
                        .skip(2_000)
                        .collect(Collectors.groupingBy(TaskAssignment::getJobId, Collectors.counting()));
                assertThat(byJob).hasSize(10);
                // A thread may stand still for a while; shards that got equal shares would give 143 and 1,000.
                assertThat(byJob.values()).as("seed %d", SEED).allSatisfy(count -> assertThat(count)
                        .isBetween(300L, 500L));
            }
        }
    }
}
