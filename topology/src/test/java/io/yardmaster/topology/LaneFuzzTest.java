package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code -Dyardmaster.fuzz.seed=S} repeats a run. */
class LaneFuzzTest {
    private static final int RECORDS = 60_000;
    private static final int BATCH = 2_000;

    @Test
    @Timeout(120)
    void whateverIsSentIsTakenOrRefusedWithAReasonAndTheLanesGoOn() {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("fuzzing the lanes: yardmaster.fuzz.seed=" + seed);
        MutatedEvents events = new MutatedEvents(seed, Map.of("schema.registry.url", "mock://topology-test"));
        int refused = 0;
        for (int batch = 0; batch < RECORDS / BATCH; batch++) {
            try (SchedulerDriver scheduler = new SchedulerDriver("dispatch.capacity", "1000000", "active.jobs", "8")) {
                scheduler.room = 1_000;
                for (int i = 0; i < BATCH; i++) {
                    refused += send(scheduler, events.next());
                    if (i % 100 == 0) {
                        scheduler.tick();
                    }
                }
                assertGoesOn(scheduler);
            }
        }
        // Neither is the rule: both ways are tried.
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

    /** In a session that no record can have outdone. */
    private static void assertGoesOn(SchedulerDriver scheduler) {
        scheduler.ready(1_000_000, Long.MAX_VALUE, 0, 7);
        List<TaskAssignment> made = scheduler.tick();
        assertThat(made).anyMatch(assignment -> assignment.getJobId() == 1_000_000 && assignment.getTaskIndex() == 7);
    }
}
