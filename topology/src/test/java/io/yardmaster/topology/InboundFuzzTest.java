package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.HostLimits;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.When;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands, outcomes, heartbeats and offers; {@link LaneFuzzTest} has the lanes and graphs. {@code -Dyardmaster.fuzz.seed=S} repeats a run. */
class InboundFuzzTest {
    private static final int RECORDS = 5_000 * Integer.getInteger("yardmaster.tries.factor", 1);
    private static final int BATCH = 2_500;
    private static final int MOST_KNOWN = 300;
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://topology-test");
    /** The limits of texts are characters, of three bytes at most, or of four for two. */
    private static final int TEXTS = 3 * 1_200;
    /** Bytes of a record of each topic that the scheduler writes. */
    private static final Map<String, Integer> BOUNDS = Map.of(
            "yardmaster.dispatch",
            2_000 + GraphLimits.PAYLOAD_BYTES,
            "yardmaster.dispatch." + MutatedMessages.POOL,
            2_000 + GraphLimits.PAYLOAD_BYTES,
            "yardmaster.events",
            500 + TEXTS,
            "yardmaster.kills",
            500 + TEXTS,
            "yardmaster.outcomes",
            500 + TEXTS,
            "yardmaster.offers",
            1 << 16,
            "yardmaster.sessions",
            1_000);

    private final Deserializer<TaskAssignment> assignments =
            ValueSerdes.of(Topic.DISPATCH, REGISTRY).deserializer();

    @Test
    @Timeout(120)
    void noneStopsAShardOrPlacementOrMakesARecordOrTheStateOutgrowItsBound() {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("fuzzing commands, outcomes, hosts and offers: yardmaster.fuzz.seed=" + seed);
        Random random = new Random(seed);
        MutatedMessages messages = new MutatedMessages(seed, REGISTRY);
        int refused = 0;
        int made = 0;
        for (int batch = 0; batch < RECORDS / BATCH; batch++) {
            try (SchedulerDriver scheduler = new SchedulerDriver("dispatch.capacity", "1000000", "active.jobs", "8")) {
                scheduler.available = 1_000;
                scheduler.placedPool(MutatedMessages.POOL, 1_500L, false);
                List<TaskAssignment> known = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    if (i % 25 == 0) {
                        long job = random.nextInt(20);
                        scheduler.send(Topic.GRAPHS, job, graph(random, messages, job));
                    }
                    MutatedEvents.Mutated record = messages.next(known);
                    scheduler.sendRaw(record.lane(), record.key(), record.value());
                    if (i % 10 == 0) {
                        scheduler.pass(Duration.ofMillis(100L << random.nextInt(8)));
                        made += take(scheduler, known, random);
                        refused += refused(scheduler);
                    }
                }
                assertThat(scheduler.longestStored(Names.STATE_STORE)).isLessThanOrEqualTo(1 << 15);
                assertThat(scheduler.longestStored(Names.PLACEMENT_STORE)).isLessThanOrEqualTo(1 << 16);
                assertGoesOn(scheduler);
            }
        }
        // Many records of both kinds, and assignments from both ways.
        assertThat(refused).isBetween(RECORDS / 10, RECORDS * 9 / 10);
        assertThat(made).isGreaterThan(RECORDS / 50);
    }

    private static JobGraph graph(Random random, MutatedMessages messages, long job) {
        Stage[] stages = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(stage -> {
                    boolean isPlaced = random.nextInt(3) > 0;
                    boolean isGang = isPlaced && random.nextInt(6) == 0;
                    Map<String, String> labels = new TreeMap<>();
                    if (isPlaced && random.nextInt(6) == 0) {
                        IntStream.range(0, random.nextInt(GraphLimits.LABELS + 2))
                                .forEach(label -> labels.put("l" + label, messages.text(HostLimits.LABEL)));
                    }
                    return new Stage(
                            "s" + stage,
                            isGang && random.nextInt(4) == 0 ? GraphLimits.GANG : 1 + random.nextInt(4),
                            List.of(),
                            When.ALL,
                            1 + random.nextInt(3),
                            0L,
                            (long) random.nextInt(1_000),
                            ByteBuffer.wrap(new byte[random.nextInt(4) == 0 ? GraphLimits.PAYLOAD_BYTES : 10]),
                            isPlaced && random.nextBoolean() ? Map.of("cpu", (long) random.nextInt(9)) : Map.of(),
                            isPlaced ? MutatedMessages.POOL : "",
                            0,
                            labels,
                            isGang);
                })
                .toArray(Stage[]::new);
        return SubmittedGraph.of(job, stages);
    }

    /** Takes all that was written, and returns the number of assignments. */
    private int take(SchedulerDriver scheduler, List<TaskAssignment> known, Random random) {
        int[] made = {0};
        BOUNDS.forEach((topic, bound) -> {
            for (TestRecord<byte[], byte[]> record : scheduler.output(topic).readRecordsToList()) {
                assertThat(LaneFuzzTest.size(record)).as(topic).isLessThanOrEqualTo(bound);
                if (topic.startsWith("yardmaster.dispatch") && record.value() != null) {
                    made[0]++;
                    TaskAssignment assignment = assignments.deserialize(topic, record.value());
                    if (known.size() < MOST_KNOWN) {
                        known.add(assignment);
                    } else {
                        known.set(random.nextInt(MOST_KNOWN), assignment);
                    }
                }
            }
        });
        return made[0];
    }

    private static int refused(SchedulerDriver scheduler) {
        List<TestRecord<byte[], byte[]>> letters = scheduler.deadLetters().readRecordsToList();
        letters.forEach(letter -> {
            assertThat(LaneFuzzTest.size(letter)).as("dead letter").isLessThanOrEqualTo(1 << 20);
            assertThat(new String(
                            letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8))
                    .isNotBlank()
                    .isNotEqualTo("null")
                    .doesNotContain("\n");
        });
        return letters.size();
    }

    /** In a session that is higher than any other, here and at placement. */
    private static void assertGoesOn(SchedulerDriver scheduler) {
        long job = 1_000_000;
        scheduler.ready(job, Long.MAX_VALUE, 0, 7);
        scheduler.beat(MutatedMessages.POOL, "last", 1, Map.of("cpu", 5L), Map.of());
        scheduler.send(
                Topic.GRAPHS, job + 1, SubmittedGraph.of(job + 1, SubmittedGraph.pooled("a", 1, MutatedMessages.POOL)));
        List<Long> jobs = new ArrayList<>();
        for (int i = 0; i < 20 && jobs.size() < 2; i++) {
            scheduler.tick().stream()
                    .map(TaskAssignment::getJobId)
                    .filter(id -> id == job)
                    .forEach(jobs::add);
            scheduler.dispatched(MutatedMessages.POOL).readValuesToList().stream()
                    .filter(assignment -> assignment != null && assignment.getJobId() == job + 1)
                    .forEach(assignment -> jobs.add(assignment.getJobId()));
        }
        assertThat(jobs).containsExactlyInAnyOrder(job, job + 1);
    }
}
