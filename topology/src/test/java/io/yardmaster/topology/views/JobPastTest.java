package io.yardmaster.topology.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.view.HistoryEntry;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobPastTest {
    private static final TopicPartition EVENTS = new TopicPartition("events", 0);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Serde<JobEvent> serde =
            ValueSerdes.of(Topic.EVENTS, Map.of("schema.registry.url", "mock://job-past"));
    private final JobPast past = new JobPast(EVENTS.topic(), () -> consumer, serde.deserializer());
    private long end;

    @BeforeEach
    void prepare() {
        consumer.updatePartitions(EVENTS.topic(), List.of(new PartitionInfo(EVENTS.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(EVENTS, 0L));
        consumer.updateEndOffsets(Map.of(EVENTS, 0L));
        // Before the first assignment, a MockConsumer takes no records.
        past.of(1, FOR_EVER, LIMIT);
    }

    @AfterEach
    void close() {
        past.close();
    }

    @Test
    void milestonesOfTheJobAreToldOnceAndTasksAreNot() {
        write(1, 10, JobEventKind.JOB_BEGAN);
        write(2, 11, JobEventKind.JOB_BEGAN);
        write(1, 12, JobEventKind.TASKS_DISPATCHED);
        write(1, 13, JobEventKind.COMMAND_DROPPED);

        assertThat(past.of(1, FOR_EVER, LIMIT)).extracting(HistoryEntry::what).containsExactly("began");
        write(1, 14, JobEventKind.JOB_ENDED);
        assertThat(past.of(1, FOR_EVER, LIMIT)).extracting(HistoryEntry::what).containsExactly("began", "ended");
        assertThat(past.of(1, 14, LIMIT)).extracting(HistoryEntry::atMs).containsExactly(10L);
    }

    @Test
    void theEntryOfAPriorityHasItsNumber() {
        write(1, 10, JobEventKind.JOB_PRIORITIZED);

        assertThat(past.of(1, FOR_EVER, LIMIT))
                .extracting(HistoryEntry::detail)
                .containsExactly("a command gave it priority -7");
    }

    @Test
    void anEntryHasTheTraceOfItsEvent() {
        var event = new JobEvent(Instant.ofEpochMilli(10), 1L, 3L, 0L, JobEventKind.JOB_PAUSED, -1, 0L, 0, "", "", 0);
        var record = new ConsumerRecord<>(
                EVENTS.topic(),
                0,
                end++,
                JobPartition.key(1),
                serde.serializer().serialize(EVENTS.topic(), event));
        new TraceContext(0xABCL, 1, 2, (byte) 1, "").addTo(record.headers());
        consumer.addRecord(record);
        consumer.updateEndOffsets(Map.of(EVENTS, end));

        assertThat(past.of(1, FOR_EVER, LIMIT))
                .extracting(HistoryEntry::detail)
                .singleElement()
                .asString()
                .endsWith("; trace 0000000000000abc0000000000000001");
    }

    @Test
    void onlyTheLatestOffsetsAreLookedAt() {
        write(1, 10, JobEventKind.JOB_BEGAN);
        end += JobPast.LOOKED_AT;
        write(1, 20, JobEventKind.JOB_PAUSED);

        assertThat(past.of(1, FOR_EVER, LIMIT)).extracting(HistoryEntry::what).containsExactly("paused");
    }

    @Test
    void theLatestHundredAreKept() {
        for (int i = 0; i < 150; i++) {
            write(1, i, i % 2 == 0 ? JobEventKind.JOB_PAUSED : JobEventKind.JOB_RESUMED);
        }

        assertThat(past.of(1, FOR_EVER, LIMIT))
                .hasSize(100)
                .first()
                .extracting(HistoryEntry::atMs)
                .isEqualTo(50L);
    }

    @Test
    void anEventThatCannotBeReadIsPassedOver() {
        put(1, new byte[] {1, 2, 3});
        write(1, 10, JobEventKind.JOB_BEGAN);

        assertThat(past.of(1, FOR_EVER, LIMIT)).extracting(HistoryEntry::what).containsExactly("began");
    }

    @Test
    void whatWasReadIsToldAlsoIfTheTopicCannotBeReadNow() {
        write(1, 10, JobEventKind.JOB_BEGAN);
        past.of(1, FOR_EVER, LIMIT);
        write(1, 11, JobEventKind.JOB_ENDED);
        consumer.setPollException(new KafkaException("away"));

        assertThat(past.of(1, FOR_EVER, LIMIT)).extracting(HistoryEntry::what).containsExactly("began");
    }

    @Test
    void aCallerDoesNotWaitLongerThanItsLimitForAnother() throws Exception {
        write(1, 10, JobEventKind.JOB_BEGAN);
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        consumer.schedulePollTask(() -> {
            reads.countDown();
            assertThat(awaited(goOn)).isTrue();
        });
        CompletableFuture<List<HistoryEntry>> slow =
                CompletableFuture.supplyAsync(() -> past.of(1, FOR_EVER, LIMIT.multipliedBy(10)));
        assertThat(awaited(reads)).isTrue();

        assertThat(past.of(1, FOR_EVER, Duration.ofMillis(1))).isEmpty();
        assertThat(slow).isNotDone();
        goOn.countDown();
        assertThat(slow.get()).extracting(HistoryEntry::what).containsExactly("began");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void write(long job, long at, JobEventKind what) {
        JobEvent event = new JobEvent(Instant.ofEpochMilli(at), job, 3L, 0L, what, -1, 0L, 0, "", "", -7);
        put(job, serde.serializer().serialize(EVENTS.topic(), event));
    }

    private void put(long job, byte[] value) {
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(job).array();
        consumer.addRecord(new ConsumerRecord<>(EVENTS.topic(), 0, end++, key, value));
        consumer.updateEndOffsets(Map.of(EVENTS, end));
    }
}
