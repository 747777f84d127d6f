package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.pooled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.ShardWindow;
import io.yardmaster.topology.window.UncountedSource;
import io.yardmaster.topology.window.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

/** A pool that places tasks on hosts, on a real broker. */
class PlacedPoolIT extends OnOneKafka {
    private static final String POOL = "gpu";
    private static final int PARTITIONS = 3;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Map<String, Long> ONE_CPU = Map.of("cpu", 1L);
    private static final Map<String, Long> FOUR_CPU = Map.of("cpu", 4L);

    private static Stage needing(String name, int tasks, Map<String, Long> needs) {
        return Stage.newBuilder(pooled(name, tasks, POOL)).setNeeds(needs).build();
    }

    private static Stage gang(String name, int tasks) {
        return Stage.newBuilder(needing(name, tasks, ONE_CPU)).setGang(true).build();
    }

    private static void submit(TestDeployment deployment, long job, Stage... stages) {
        deployment.send(Topic.GRAPHS, (int) job % 2, job, SubmittedGraph.of(job, stages));
    }

    private static String name(TaskAssignment task) {
        return task.getJobId() + "." + task.getTaskIndex();
    }

    /** Ends what runs, but for gangs of which not all has come: they must start as a whole. */
    private static void endSome(
            TestDeployment deployment, HostFleet fleet, Map<Long, Integer> gangs, Set<String> done) {
        Map<Long, Long> come = fleet.running().stream()
                .collect(Collectors.groupingBy(TaskAssignment::getJobId, Collectors.counting()));
        Set<Long> whole = new HashSet<>();
        gangs.forEach((job, size) -> {
            boolean begun = done.stream().anyMatch(name -> name.startsWith(job + "."));
            if (begun || come.getOrDefault(job, 0L) == (long) size) {
                whole.add(job);
            }
        });
        for (TaskAssignment task : fleet.running()) {
            if (!gangs.containsKey(task.getJobId()) || whole.contains(task.getJobId())) {
                assertThat(done.add(name(task)))
                        .as("%s succeeds once", name(task))
                        .isTrue();
                fleet.end(task);
                deployment.outcome(
                        (int) task.getJobId() % 2, SchedulerDriver.outcomeOf(task, TaskResult.SUCCEEDED, ""));
            }
        }
    }

    @Test
    void P1_P4_P5_shapesGangsAndADeadHostOverTwoInstances() throws Exception {
        try (TestDeployment deployment = newDeployment("placed").createTopics(2, PARTITIONS)) {
            deployment.placeOnHosts(POOL, PARTITIONS);
            List<SchedulerService> services = List.of(deployment.start("one"), deployment.start("two"));
            try (HostFleet fleet = new HostFleet(deployment, POOL, PARTITIONS)) {
                fleet.add("h0", 0, FOUR_CPU, Map.of());
                fleet.add("h1", 1, FOUR_CPU, Map.of());
                fleet.add("h2", 2, Map.of("cpu", 4L, "gpu", 2L), Map.of("zone", "b"));
                fleet.add("h3", 0, FOUR_CPU, Map.of());
                await().atMost(LONG).until(() -> services.stream().allMatch(service -> service.queries()
                        .orElseThrow()
                        .policy()
                        .placed()
                        .contains(POOL)));
                submit(deployment, 10, needing("a", 40, ONE_CPU));
                submit(deployment, 11, needing("a", 40, ONE_CPU));
                await().atMost(LONG).until(() -> {
                    fleet.take();
                    return fleet.running().size() == 16;
                });
                List<TaskAssignment> lost = fleet.kill("h1");
                assertThat(lost).hasSize(4);
                submit(deployment, 12, gang("g", 8));
                submit(deployment, 13, gang("g", 10));
                submit(
                        deployment,
                        14,
                        Stage.newBuilder(needing("a", 4, Map.of("cpu", 1L, "gpu", 1L)))
                                .setLabels(Map.of("zone", "b"))
                                .build());
                Map<Long, Integer> gangs = Map.of(12L, 8, 13L, 10);
                Set<String> done = new TreeSet<>();
                int[] rounds = {0};
                CompletableFuture<Void> closed = new CompletableFuture<>();
                await().atMost(LONG).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
                    fleet.take().stream()
                            .filter(task -> task.getJobId() == 14)
                            .forEach(task -> assertThat(task.getHost()).isEqualTo("h2"));
                    endSome(deployment, fleet, gangs, done);
                    if (++rounds[0] == 20) {
                        // Beside: the hosts must not fall silent meanwhile.
                        var unused = closed.completeAsync(() -> {
                            services.get(0).close();
                            return null;
                        });
                    }
                    assertThat(done).as("done, while %s run", fleet.running()).hasSize(102);
                });
                lost.forEach(task -> assertThat(done).contains(name(task)));
                assertThat(closed).succeedsWithin(LONG);
            }
        }
    }

    @Test
    void O4_aCancelTakesEffectWhileAPlanIsMadeWhichThenPlacesNothingOfTheJob() throws Exception {
        ExecutorService planner = Executors.newSingleThreadExecutor();
        AtomicBoolean holding = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (TestDeployment deployment = newDeployment("cancelled").createTopics(1, PARTITIONS)) {
            deployment.placeOnHosts(POOL, PARTITIONS);
            SchedulerConfig config = deployment.config("one");
            DispatchWindow window = new DispatchWindow(PARTITIONS, System::nanoTime);
            UncountedSource source = new UncountedSource(window);
            var topology = SchedulerTopology.build(
                    config,
                    1,
                    windows(window),
                    Observers.none(),
                    LivePolicies.of(config, 1),
                    Optional.of(PlacementOptions.of(
                            config.plans(),
                            1,
                            planning -> planner.execute(() -> {
                                if (holding.get()) {
                                    begun.countDown();
                                    awaitQuietly(end);
                                }
                                planning.run();
                            }),
                            System::currentTimeMillis,
                            pool -> PARTITIONS)));
            try (HostFleet fleet = new HostFleet(deployment, POOL, PARTITIONS);
                    KafkaStreams instance = new KafkaStreams(topology, StreamsSettings.of(config))) {
                fleet.add("h0", 0, FOUR_CPU, Map.of());
                instance.start();
                submit(deployment, 10, needing("a", 1, ONE_CPU));
                await().atMost(LONG).until(() -> {
                    source.refresh();
                    fleet.take();
                    return fleet.running().size() == 1;
                });
                holding.set(true);
                submit(deployment, 12, needing("a", 1, ONE_CPU));
                await().atMost(LONG).until(() -> {
                    source.refresh();
                    return begun.getCount() == 0;
                });
                for (long job : List.of(10L, 12L)) {
                    deployment.send(
                            Topic.COMMANDS, 0, job, new JobCommand(job, -1L, CommandType.CANCEL, "a test", "ann", 0));
                }
                await().atMost(LONG).until(() -> killed(deployment).equals(Set.of(10L, 12L)));
                assertThat(end.getCount()).as("the plan is still made").isEqualTo(1);
                end.countDown();
                submit(deployment, 14, needing("a", 1, ONE_CPU));
                Set<Long> placed = new HashSet<>();
                await().atMost(LONG).until(() -> {
                    source.refresh();
                    fleet.take().forEach(task -> placed.add(task.getJobId()));
                    return placed.contains(14L);
                });
                assertThat(placed).containsExactly(14L);
            }
        } finally {
            planner.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The jobs that kills name. */
    private static Set<Long> killed(TestDeployment deployment) {
        String topic = deployment.topic(Topic.KILLS);
        SchedulerConfig config = deployment.config("any");
        Set<Long> jobs = new HashSet<>();
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put("isolation.level", "read_committed");
        try (var reader = new KafkaConsumer<>(
                settings,
                new ByteArrayDeserializer(),
                ValueSerdes.of(Topic.KILLS, config.serde()).deserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            reader.assign(partition);
            reader.seekToBeginning(partition);
            for (int polls = 0; polls < 3; polls++) {
                reader.poll(Duration.ofMillis(100))
                        .forEach(kill -> jobs.add(kill.value().getJobId()));
            }
        }
        return jobs;
    }

    /** Windows that are there for each pool. */
    private static Window windows(DispatchWindow window) {
        return new Window() {
            @Override
            public ShardWindow open(int shard) {
                return window.open(shard);
            }

            @Override
            public Window pool(String pool) {
                return window;
            }
        };
    }
}
