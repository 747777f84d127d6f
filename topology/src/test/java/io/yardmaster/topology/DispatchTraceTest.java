package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** An event's trace context continues into the headers of its assignments. */
class DispatchTraceTest {
    private static final TraceContext TRACE = new TraceContext(0xF1L << 56, 2, -3, (byte) 0x81, "vendor=abc,other=1");

    @Test
    void assignmentsOfEveryLaneHaveTheHeadersOfTheirEvent() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.send(Topic.READY, 1, new TaskReady(7L, 1L, 0L, List.of(0, 1), 0), headers(TRACE));
            scheduler.send(Topic.COMMIT, 2, new CommitReady(7L, 2L, 0L), headers(TRACE));
            scheduler.send(Topic.CLEANUP, 3, new CleanupReady(7L, 3L, 0L, true), headers(TRACE));
            scheduler.ready(4, 0, 0, 0);
            scheduler.passTick();
            assertThat(scheduler.dispatched().readRecordsToList())
                    .extracting(record -> TraceContext.read(record.headers()))
                    .containsExactly(
                            Optional.of(TRACE),
                            Optional.of(TRACE),
                            Optional.of(TRACE),
                            Optional.empty(),
                            Optional.of(TRACE));
        }
    }

    @Test
    void anAssignmentWithoutATraceHasNoHeaderMore() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 0, 0, 0);
            scheduler.passTick();
            TestRecord<?, ?> made = scheduler.dispatched().readRecord();
            assertThat(made.headers().toArray()).hasSize(1);
        }
    }

    @Test
    void anInvalidTraceIsIgnoredAndTheEventIsNot() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            Headers invalid = new RecordHeaders()
                    .add(TraceContext.PARENT_HEADER, "00-xyz".getBytes(StandardCharsets.US_ASCII))
                    .add(TraceContext.STATE_HEADER, null);
            scheduler.send(Topic.READY, 1, new TaskReady(7L, 1L, 0L, List.of(0), 0), invalid);
            scheduler.passTick();
            assertThat(TraceContext.read(scheduler.dispatched().readRecord().headers()))
                    .isEmpty();
            assertThat(scheduler.deadLetters().isEmpty()).isTrue();
        }
    }

    /** Headers of a later version, or of a broken producer. */
    @Test
    void headersOfAnyLengthMakeNeitherStateNorAssignmentLonger() {
        String parent = "01" + TRACE.parent().substring(2);
        for (int length : new int[] {0, 2 << 20}) {
            Headers headers = new RecordHeaders()
                    .add(
                            TraceContext.PARENT_HEADER,
                            (parent + "-" + "x".repeat(length)).getBytes(StandardCharsets.US_ASCII))
                    .add(TraceContext.STATE_HEADER, ("a=" + "x".repeat(length)).getBytes(StandardCharsets.US_ASCII));
            assertThat(PackedTrace.of(headers)).hasSizeLessThan(100);
            try (SchedulerDriver scheduler = new SchedulerDriver()) {
                scheduler.send(Topic.READY, 1, new TaskReady(7L, 1L, 0L, List.of(0), 0), headers);
                scheduler.passTick();
                Headers made = scheduler.dispatched().readRecord().headers();
                assertThat(made.lastHeader(TraceContext.PARENT_HEADER).value())
                        .asString()
                        .isEqualTo(TRACE.parent());
                assertThat(Arrays.stream(made.toArray())
                                .mapToInt(header -> header.value().length)
                                .sum())
                        .isLessThan(100);
            }
        }
    }

    @Test
    void anyContextIsUnpackedAsItWasPacked() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            TraceContext any = new TraceContext(
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    (byte) random.nextInt(),
                    i % 2 == 0 ? "" : "a=" + i);
            assertThat(PackedTrace.unpack(PackedTrace.pack(any))).isEqualTo(any);
        }
    }

    private static Headers headers(TraceContext trace) {
        Headers headers = new RecordHeaders();
        trace.addTo(headers);
        return headers;
    }
}
