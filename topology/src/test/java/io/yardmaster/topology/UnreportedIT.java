package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.stage;
import static io.yardmaster.topology.SubmittedGraph.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;

/** Graphs and execution managers of which some write no outcomes. */
class UnreportedIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int SHARDS = 2;
    private static final int TASKS = 100;
    private static final long MISREPORTED = 9;

    private final Set<String> seen = new HashSet<>();
    private final Map<Long, Integer> succeeded = new HashMap<>();
    private final Set<Long> committing = new HashSet<>();
    private final List<TaskAssignment> misreported = new ArrayList<>();

    private static long jobOf(int shard) {
        return LongStream.iterate(MISREPORTED + 1, job -> job + 1)
                .filter(job -> JobPartition.of(job, SHARDS) == shard)
                .findFirst()
                .orElseThrow();
    }

    /** A task that fails at first is reported, of the others every second one; the rest succeeds by the commit alone. */
    private void end(TestDeployment deployment, TaskAssignment made) {
        long job = made.getJobId();
        assertThat(seen.add(job + " " + made.getKind() + " " + made.getTaskIndex() + "#" + made.getAttempt()))
                .as("%s comes once", made)
                .isTrue();
        if (job == MISREPORTED) {
            deployment.send(Topic.OUTCOMES, null, job, SchedulerDriver.refusedOutcomeOf(made));
            misreported.add(made);
            return;
        }
        int done = succeeded.getOrDefault(job, 0);
        if (made.getKind() == TaskKind.COMMIT) {
            assertThat(done).isEqualTo(2 * TASKS + 1);
            committing.add(job);
            return;
        }
        int stage = made.getTaskIndex() / TASKS;
        assertThat(done).as("%s waits for the stages before", made).isGreaterThanOrEqualTo(stage * TASKS);
        boolean fails = made.getTaskIndex() < 3 && made.getAttempt() == 0;
        if (fails || made.getTaskIndex() % 2 == 0) {
            TaskResult result = fails ? TaskResult.FAILED : TaskResult.SUCCEEDED;
            deployment.send(Topic.OUTCOMES, null, job, SchedulerDriver.outcomeOf(made, result, ""));
        }
        succeeded.merge(job, fails ? 0 : 1, Integer::sum);
    }

    @Test
    void O3_graphsGoToTheirEndsWithAFleetOfWhichHalfWritesNoOutcomesOverAFailover() throws Exception {
        try (TestDeployment deployment = newDeployment("unreported")
                        .set("lane.partitioner", "murmur2")
                        .createTopics(SHARDS, 4);
                KafkaConsumer<Long, TaskAssignment> fleet =
                        deployment.consumer(deployment.group(), Map.of("max.poll.records", 20))) {
            SchedulerService first = deployment.start("first");
            deployment.send(
                    Topic.GRAPHS, null, MISREPORTED, SubmittedGraph.of(MISREPORTED, stage("a", 1), stage("b", 1, "a")));
            for (int shard = 0; shard < SHARDS; shard++) {
                long job = jobOf(shard);
                deployment.send(
                        Topic.GRAPHS,
                        null,
                        job,
                        SubmittedGraph.with(
                                job,
                                graph -> graph.setCommit(true),
                                tried("a", TASKS, 2),
                                stage("b", TASKS, "a"),
                                stage("c", 1, "b")));
            }
            fleet.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
            await().atMost(LONG).until(() -> work(deployment, fleet) > SHARDS * TASKS / 2 && !misreported.isEmpty());
            first.close();
            deployment.start("second");
            await().atMost(LONG).until(() -> {
                work(deployment, fleet);
                return committing.size() == SHARDS;
            });
            // An outcome of this job was refused, so the commit alone says nothing.
            assertThat(misreported).hasSize(1);
            TaskAssignment made = misreported.get(0);
            deployment.send(
                    Topic.OUTCOMES, null, MISREPORTED, SchedulerDriver.outcomeOf(made, TaskResult.SUCCEEDED, ""));
            await().atMost(LONG).until(() -> {
                work(deployment, fleet);
                return misreported.size() > 1;
            });
        }
    }

    /** Takes some assignments, ends them, and commits their offsets. Returns how many have come so far. */
    private int work(TestDeployment deployment, KafkaConsumer<Long, TaskAssignment> fleet) {
        fleet.poll(Duration.ofMillis(50)).forEach(record -> end(deployment, record.value()));
        fleet.commitSync();
        return seen.size();
    }
}
