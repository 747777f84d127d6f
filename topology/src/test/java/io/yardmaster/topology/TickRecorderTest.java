package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.ticks.TickLogReader;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.TickHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickRecorderTest {
    private static final String ON = "record.ticks";

    private final TickLogReader reader = new TickLogReader();

    private static List<TestRecord<Long, TaskAssignment>> tick(SchedulerDriver driver) {
        driver.passTick();
        return driver.dispatched().readRecordsToList();
    }

    private static Header header(TestRecord<Long, TaskAssignment> assignment) {
        return assignment.headers().lastHeader(TickHeader.HEADER);
    }

    private static long previous(Header header) {
        return ByteBuffer.wrap(header.value()).getLong();
    }

    private List<LoggedCall> calls(Header header) {
        return reader.read(Arrays.copyOfRange(header.value(), Long.BYTES, header.value().length));
    }

    @Test
    void assignmentsCarryNothingUnlessTheSettingIsOn() {
        try (SchedulerDriver driver = new SchedulerDriver()) {
            driver.ready(1, 1, 0, 0, 1, 2);
            assertThat(tick(driver)).hasSize(3).allMatch(assignment -> header(assignment) == null);
        }
    }

    @Test
    void R2_theFirstAssignmentOfATickCarriesWhatWasReadAndTicked() {
        try (SchedulerDriver driver = new SchedulerDriver(ON, "true")) {
            driver.ready(1, 1, 0, 0, 1);
            driver.ready(2, 1, 0, 0);
            driver.command(CommandType.PAUSE, 2);
            List<TestRecord<Long, TaskAssignment>> first = tick(driver);
            assertThat(first).hasSize(2);
            assertThat(header(first.get(1))).isNull();
            assertThat(previous(header(first.get(0)))).isEqualTo(-1);
            List<LoggedCall> calls = withoutFlushes(calls(header(first.get(0))));
            assertThat(calls.get(0)).isInstanceOfSatisfying(LoggedCall.Opened.class, opened -> {
                assertThat(opened.beginning()).isEqualTo(LoggedCall.Beginning.FRESH);
                assertThat(opened.assignments()).isZero();
                assertThat(opened.policy().activeJobs()).isEqualTo(1_024);
            });
            assertThat(calls.stream().filter(call -> call instanceof LoggedCall.Read))
                    .containsExactly(
                            new LoggedCall.Read(TickInput.READY, 0, 0, 1),
                            new LoggedCall.Read(TickInput.READY, 1, 1, 1),
                            new LoggedCall.Read(TickInput.COMMANDS, 0, 0, 1));
            assertThat(calls.get(calls.size() - 2)).isInstanceOf(LoggedCall.Ticked.class);
            assertThat(calls.get(calls.size() - 1)).isInstanceOf(LoggedCall.Decided.class);

            driver.outcome(first.get(0).value(), TaskResult.SUCCEEDED, "");
            driver.command(CommandType.RESUME, 2);
            List<TestRecord<Long, TaskAssignment>> second = tick(driver);
            assertThat(second).hasSize(1);
            assertThat(previous(header(second.get(0)))).isEqualTo(1);
            assertThat(withoutFlushes(calls(header(second.get(0)))).stream()
                            .filter(call -> call instanceof LoggedCall.Read))
                    .containsExactly(
                            new LoggedCall.Read(TickInput.OUTCOMES, 0, 0, 1),
                            new LoggedCall.Read(TickInput.COMMANDS, 1, 1, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"group/9", "pool/gpu", "retry/10", "default/group"})
    void R2_theRecordSaysWhichPolicyWasFollowedBeforeWhichRecord(String key) {
        try (SchedulerDriver driver = new SchedulerDriver(ON, "true")) {
            driver.weigh(9, 2.0);
            driver.ready(1, 1, 0, 0);
            LivePolicy weights = new LivePolicy(Map.of(9L, 2.0));
            assertThat(calls(header(tick(driver).get(0)))).contains(new LoggedCall.Obeyed(weights));

            PolicyEntry.Builder entry = PolicyEntry.newBuilder();
            driver.policy(
                    key,
                    switch (key) {
                        case "pool/gpu" -> entry.setPaused(true).build();
                        case "group/9" -> entry.setRate(5.0).build();
                        case "retry/10" -> entry.setAttempts(2L).build();
                        default -> entry.setStages("critical-path").build();
                    });
            driver.ready(1, 1, 0, 1);
            List<LoggedCall> calls = withoutFlushes(calls(header(tick(driver).get(0))));
            assertThat(calls.get(0)).isInstanceOfSatisfying(LoggedCall.Obeyed.class, obeyed -> {
                assertThat(obeyed.live().hasWeightsAlone()).isFalse();
                assertThat(obeyed.live().groupWeights())
                        .isEqualTo(key.equals("group/9") ? Map.of() : weights.groupWeights());
            });
            assertThat(calls.get(1)).isEqualTo(new LoggedCall.Read(TickInput.READY, 1, 1, 1));
        }
    }

    private static List<LoggedCall> withoutFlushes(List<LoggedCall> calls) {
        return calls.stream()
                .filter(call -> !(call instanceof LoggedCall.Flushed))
                .toList();
    }

    @Test
    void R2_aRecordThatIsRefusedIsNotAmongThoseThatWereRead() {
        try (SchedulerDriver driver = new SchedulerDriver(ON, "true")) {
            driver.ready(1, 1, 0, 0);
            driver.ready(1, 1, 0, -1);
            driver.ready(1, 1, 0, 2);
            List<LoggedCall> calls = calls(header(tick(driver).get(0)));
            assertThat(calls.stream().filter(call -> call instanceof LoggedCall.Read))
                    .containsExactly(
                            new LoggedCall.Read(TickInput.READY, 0, 0, 1),
                            new LoggedCall.Read(TickInput.READY, 2, 2, 1));
        }
    }

    /** The scheduler's clock goes on from its time. */
    @Test
    void R2_theFirstTickIsRecordedAlsoIfItOffersNothing() {
        try (SchedulerDriver driver = new SchedulerDriver(ON, "true")) {
            driver.available = 0;
            driver.passTick();
            driver.pass(Duration.ofMillis(500));
            driver.available = 1_024;
            driver.ready(1, 1, 0, 0);
            assertThat(calls(header(tick(driver).get(0))).stream()
                            .filter(LoggedCall.Ticked.class::isInstance)
                            .map(LoggedCall.Ticked.class::cast))
                    .hasSize(2)
                    .first()
                    .satisfies(first -> assertThat(first.at()).isLessThan(500));
        }
    }

    @Test
    void anIdleShardRecordsOneTickASecond() {
        try (SchedulerDriver driver = new SchedulerDriver(ON, "true")) {
            driver.ready(1, 1, 0, 0);
            tick(driver);
            for (int tick = 0; tick < 2_000; tick++) {
                driver.pass(Duration.ofMillis(5));
            }
            driver.ready(1, 1, 0, 1);
            List<LoggedCall> ticks = new ArrayList<>(calls(header(tick(driver).get(0))));
            ticks.removeIf(call -> !(call instanceof LoggedCall.Ticked));
            assertThat(ticks).hasSizeBetween(9, 13);
        }
    }
}
