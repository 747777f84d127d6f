package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Kill;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExecutionTest {
    private final AtomicLong now = new AtomicLong(1_000);
    private final Kills kills = new Kills();
    private final Execution execution = new Execution(
            new TestAssignments(1, 5).task(1, 1),
            new EpochFence(),
            kills,
            new RunTime(Duration.ZERO, now::get, () -> Instant.ofEpochMilli(now.getAndIncrement())));
    private final AtomicLong runs = new AtomicLong();

    private void run() {
        new Tries((assignment, context) -> runs.incrementAndGet(), RetryPolicy.NEVER).run(execution);
    }

    @Test
    void O6_aTaskThatIsKilledBetweenItsWorkersClaimAndItsHandlerHasNotRun() {
        assertThat(execution.begin()).isTrue();
        kills.add(new Kill(1L, Kills.WHOLE_JOB, 5L, "wrong input", "", Kills.NO_BOUND, -1, 0));
        run();
        assertThat(runs).hasValue(0L);
        assertThat(execution.startedAt()).isEqualTo(execution.endedAt());
    }

    @Test
    void aRunLastsFromTheFirstTryToTheEnd() {
        assertThat(execution.begin()).isTrue();
        run();
        assertThat(runs).hasValue(1L);
        assertThat(Duration.between(execution.startedAt(), execution.endedAt())).isEqualTo(Duration.ofMillis(1));
    }
}
