package io.yardmaster.topology;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.schemas.CommandLimits;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.GroupShare;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code -Dyardmaster.fuzz.seed=S} repeats a run. */
class LaneFuzzTest {
    private static final int RECORDS = 30_000 * Integer.getInteger("yardmaster.tries.factor", 1);
    private static final int BATCH = 2_000;
    /** A shard publishes no groups if it has more. */
    private static final int MOST_GROUPS_TOLD = 4_096;

    @Test
    @Timeout(120)
    void everyRecordIsTakenOrRefusedWithAReasonAndTheLanesGoOn() {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("fuzzing the lanes: yardmaster.fuzz.seed=" + seed);
        MutatedEvents events = new MutatedEvents(seed, Map.of("schema.registry.url", "mock://topology-test"));
        int refused = 0;
        for (int batch = 0; batch < RECORDS / BATCH; batch++) {
            try (SchedulerDriver scheduler = new SchedulerDriver("dispatch.capacity", "1000000", "active.jobs", "8")) {
                scheduler.available = 1_000;
                for (int i = 0; i < BATCH; i++) {
                    refused += send(scheduler, events.next());
                    if (i % 100 == 0) {
                        scheduler.tick();
                    }
                }
                assertGoesOn(scheduler);
            }
        }
        // Many records of both kinds: refused ones and taken ones.
        assertThat(refused).isBetween(RECORDS / 4, RECORDS * 9 / 10);
    }

    private static int send(SchedulerDriver scheduler, MutatedEvents.Mutated record) {
        scheduler.sendRaw(record.lane(), record.key(), record.value());
        if (scheduler.deadLetters().isEmpty()) {
            return 0;
        }
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(letter.key()).isEqualTo(record.key());
        assertThat(letter.value()).isEqualTo(record.value());
        String reason =
                new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8);
        assertThat(reason).isNotBlank().isNotEqualTo("null").doesNotContain("\n");
        assertThat(scheduler.deadLetters().isEmpty()).isTrue();
        return 1;
    }

    /** The size of every written record is bounded, whatever the events contain. */
    @Test
    @Timeout(120)
    void noEventMakesARecordOfOursLargerThanABrokerTakes() {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("fuzzing sizes: yardmaster.fuzz.seed=" + seed);
        Random random = new Random(seed);
        MutatedEvents events = new MutatedEvents(seed, Map.of("schema.registry.url", "mock://topology-test"));
        try (SchedulerDriver scheduler = new SchedulerDriver("dispatch.capacity", "1000000", "active.jobs", "8")) {
            scheduler.available = 1_000;
            for (int i = 0; i < 80; i++) {
                MutatedEvents.Mutated record = events.next();
                byte[] key = random.nextInt(10) == 0 ? new byte[random.nextInt(3 << 20)] : record.key();
                byte[] value = random.nextInt(5) == 0 ? new byte[random.nextInt(3 << 20)] : record.value();
                scheduler.sendRaw(record.lane(), key, value, headers(random));
                long job = 100L + random.nextInt(5);
                scheduler.sendAt(
                        random.nextBoolean() ? random.nextLong() >>> 1 : random.nextInt(),
                        job,
                        new TaskReady(
                                SchedulerDriver.GROUP,
                                job,
                                (long) i / 30,
                                random.ints(random.nextInt(200), 0, Integer.MAX_VALUE)
                                        .boxed()
                                        .toList(),
                                random.nextInt(3)),
                        headers(random));
                scheduler.passTick();
                assertBounded(scheduler);
            }
            assertGoesOn(scheduler);
        }
    }

    /** The size of the shares that shards publish and keep is bounded, whatever the number of shards and groups. */
    @Test
    @Timeout(120)
    void norDoSeveralShardsWithManyGroups() {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("fuzzing sizes of shares: yardmaster.fuzz.seed=" + seed);
        Random random = new Random(seed);
        MutatedEvents events = new MutatedEvents(seed, Map.of("schema.registry.url", "mock://topology-test"));
        int shards = 2 + random.nextInt(300);
        int groups = 2 * MOST_GROUPS_TOLD;
        try (SchedulerDriver scheduler = new SchedulerDriver(
                shards,
                "lane.partitioner",
                "any",
                "fairness",
                "resource-group",
                "active.jobs",
                "10000",
                "dispatch.capacity",
                "1000")) {
            int longest = 0;
            for (int i = 0; i < groups; i++) {
                // Nothing is dispatched at first, so that the shard has as many groups as a share tells of.
                scheduler.available = i < MOST_GROUPS_TOLD ? 0 : random.nextInt(5);
                long job = 1_000L + i;
                scheduler.send(
                        Topic.READY,
                        job,
                        new TaskReady(random.nextLong(), job, Long.MAX_VALUE, List.of(0), 0),
                        random.nextInt(50) == 0 ? headers(random) : new RecordHeaders());
                if (i % 40 == 0) {
                    scheduler.share(random.nextInt(shards + 5) - 2, share(random, shards));
                    MutatedEvents.Mutated record = events.next();
                    scheduler.sendRaw(
                            random.nextInt(9) == 0 ? Topic.SHARES : record.lane(), record.key(), record.value());
                    scheduler.passTick();
                    longest = Math.max(longest, assertSharesBounded(scheduler));
                }
            }
            assertThat(longest).as("there are such records").isGreaterThan(10_000);
            assertThat(scheduler.longestStored())
                    .isLessThanOrEqualTo(Math.max(Storage.MOST_VALUE_BYTES, 50 + 16 * shards));
        }
    }

    private static Share share(Random random, int shards) {
        return new Share(
                random.nextInt(shards),
                random.nextInt(9_000),
                random.longs(random.nextInt(100))
                        .mapToObj(group -> new GroupShare(group, random.nextInt()))
                        .toList(),
                random.nextDouble(),
                random.nextLong() >>> 1,
                random.nextBoolean(),
                random.nextDouble(),
                random.nextInt(2_000),
                random.nextLong() >>> 1,
                random.nextInt(2_000),
                (long) random.nextInt(5),
                List.of(),
                (long) random.nextInt(2),
                List.of(),
                Budget.NO_FLOOR,
                List.of(),
                List.of());
    }

    /** Returns the size of the longest. */
    private static int assertSharesBounded(SchedulerDriver scheduler) {
        int longest = 0;
        for (TestRecord<byte[], byte[]> share :
                scheduler.output("yardmaster.shares").readRecordsToList()) {
            longest = Math.max(longest, size(share));
        }
        assertThat(longest).isLessThan(1 << 16);
        assertBounded(scheduler);
        return longest;
    }

    private static Headers headers(Random random) {
        Headers headers = new RecordHeaders();
        for (int count = random.nextInt(6) == 0 ? random.nextInt(5_000) : random.nextInt(3); count > 0; count--) {
            String name = List.of("traceparent", "tracestate", "epoch", "yardmaster.reason", "x")
                    .get(random.nextInt(5));
            headers.add(name, random.nextInt(9) == 0 ? null : new byte[random.nextInt(400)]);
        }
        if (random.nextInt(3) == 0) {
            String parent = "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
            headers = new RecordHeaders()
                    .add(
                            "traceparent",
                            (random.nextBoolean()
                                            ? "00" + parent
                                            : "01" + parent + "-" + "x".repeat(random.nextInt(5_000)))
                                    .getBytes(US_ASCII))
                    .add("tracestate", traceState(random).getBytes(US_ASCII));
        }
        return headers;
    }

    /** Returns a trace state of one member, or of up to 40, which are valid each by itself. */
    private static String traceState(Random random) {
        return random.nextBoolean()
                ? "a=" + "x".repeat(random.nextInt(600))
                : IntStream.range(0, random.nextInt(40))
                        .mapToObj(member -> "a" + member + "=" + "x".repeat(1 + random.nextInt(250)))
                        .collect(Collectors.joining(","));
    }

    private static void assertBounded(SchedulerDriver scheduler) {
        assertBounded(scheduler, "yardmaster.sessions", 1_000);
        // Tasks of graphs may have payloads.
        assertBounded(scheduler, "yardmaster.dispatch", 1_000 + GraphLimits.PAYLOAD_BYTES);
        assertBounded(scheduler, "yardmaster.dead-letter", 1 << 20);
    }

    private static void assertBounded(SchedulerDriver scheduler, String topic, int bound) {
        for (TestRecord<byte[], byte[]> made : scheduler.output(topic).readRecordsToList()) {
            assertThat(size(made)).as(topic).isLessThanOrEqualTo(bound);
        }
    }

    static int size(TestRecord<byte[], byte[]> record) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                record.key(),
                record.value(),
                record.headers().toArray());
    }

    /** Its session is higher than that of any record. */
    private static void assertGoesOn(SchedulerDriver scheduler) {
        scheduler.ready(1_000_000, Long.MAX_VALUE, 0, 7);
        // Graphs of a higher priority may go on in this session, too.
        scheduler.prioritize(1_000_000, CommandLimits.HIGHEST_PRIORITY);
        List<TaskAssignment> made = scheduler.tick();
        assertThat(made).anyMatch(assignment -> assignment.getJobId() == 1_000_000 && assignment.getTaskIndex() == 7);
    }
}
