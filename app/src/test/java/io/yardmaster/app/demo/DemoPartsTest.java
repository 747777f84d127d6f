package io.yardmaster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.app.jobs.Workflows;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.schemas.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoPartsTest {
    private static final FailureChance NEVER = new FailureChance(0, 1);
    private static final FailureChance ALWAYS = new FailureChance(1, 1);

    private final List<Duration> slept = new ArrayList<>();
    private final List<Assignment> received = new ArrayList<>();

    @Test
    void percentilesAreExact() {
        WaitingTimes times = new WaitingTimes();
        assertThat(times.percentiles().p99()).isZero();
        IntStream.rangeClosed(1, 1000).map(i -> 1001 - i).forEach(i -> times.add(Duration.ofMillis(i)));
        times.add(Duration.ofMillis(-5));

        assertThat(times.percentiles())
                .isEqualTo(new WaitingTimes.Percentiles(
                        Duration.ofMillis(500), Duration.ofMillis(990), Duration.ofMillis(1000)));
    }

    @Test
    void chanceDependsOnSeedAndAttemptOnlyAndMeetsItsRate() {
        FailureChance chance = new FailureChance(0.2, 42);

        long fails = IntStream.range(0, 10_000)
                .filter(i -> chance.fails(i % 10, i / 10, 0))
                .count();
        assertThat(fails / 10_000.0).isCloseTo(0.2, within(0.02));
        assertThat(IntStream.range(0, 100).filter(i -> chance.fails(1, i, 0)))
                .containsExactly(IntStream.range(0, 100)
                        .filter(i -> new FailureChance(0.2, 42).fails(1, i, 0))
                        .boxed()
                        .toArray(Integer[]::new))
                .isNotEqualTo(IntStream.range(0, 100)
                        .filter(i -> chance.fails(1, i, 1))
                        .boxed()
                        .toList());
        assertThatThrownBy(() -> new FailureChance(Double.NaN, 1)).hasMessageContaining("from 0 to 1");
    }

    @Test
    void aTaskTakesItsRecordedRuntimeDividedByTheSpeedup() throws Exception {
        work(NEVER).handle(Assignments.task(1, 7, 0, 0), context(false));

        assertThat(slept).containsExactly(Duration.ofMillis(50));
        assertThat(received).containsExactly(Assignments.task(1, 7, 0, 0));
    }

    @Test
    void commitAndCleanupTasksTakeNoTimeAndNeverFail() throws Exception {
        work(ALWAYS).handle(Assignments.of(1, 7, TaskKind.COMMIT, -1, 0), context(false));
        work(ALWAYS).handle(Assignments.of(2, 7, TaskKind.CLEANUP, -1, 0), context(false));

        assertThat(slept).isEmpty();
        assertThat(received).hasSize(2);
    }

    @Test
    void chanceMakesAnAttemptFailUnlessItWasCancelled() throws Exception {
        assertThatThrownBy(() -> work(ALWAYS).handle(Assignments.task(1, 7, 0, 0), context(false)))
                .isInstanceOf(SimulatedFailureException.class);
        work(ALWAYS).handle(Assignments.task(1, 7, 0, 0), context(true));
    }

    @Test
    void sameWorkUnderAnotherIdIsADuplicateAndUnderTheSameIdIsNot() {
        Deliveries deliveries = new Deliveries();

        assertThat(deliveries.add(Assignments.task(1, 7, 0, 0))).isTrue();
        assertThat(deliveries.add(Assignments.task(2, 7, 0, 1))).isTrue();
        assertThat(deliveries.add(Assignments.task(1, 7, 0, 0))).isFalse();
        assertThat(deliveries.add(Assignments.task(3, 7, 0, 0))).isFalse();

        assertThat(deliveries.count(TaskKind.TASK)).isEqualTo(2);
        assertThat(deliveries.redelivered()).isEqualTo(1);
        assertThat(deliveries.duplicates()).isEqualTo(1);
    }

    @Test
    void withoutFilesOneGroupHasThreeJobsAndTheOtherOne() {
        assertThat(DemoJobs.of(List.of()))
                .extracting(SubmittedJob::resourceGroup)
                .containsExactly(1L, 1L, 1L, 2L);
    }

    private SimulatedWork work(FailureChance chance) {
        return new SimulatedWork(List.of(new SubmittedJob(7, 1, Workflows.diamond())), 20, chance, received::add);
    }

    private HandlerContext context(boolean cancelled) {
        return new HandlerContext() {
            @Override
            public boolean cancelled() {
                return cancelled;
            }

            @Override
            public boolean awaitCancelled(Duration limit) {
                slept.add(limit);
                return cancelled;
            }
        };
    }
}
