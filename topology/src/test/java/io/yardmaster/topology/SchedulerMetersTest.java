package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.TaskKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchedulerMetersTest {
    @Test
    void everyAssignmentIsReportedWithItsWaitingTime() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.available = 0;
            scheduler.ready(1, 0, 0, 0, 1);
            scheduler.pass(Duration.ofSeconds(30));
            scheduler.available = 10;
            scheduler.commit(2, 0);
            scheduler.tick();
            assertThat(scheduler.meters.waited.get(TaskKind.TASK)).hasSize(2).allMatch(ms -> ms >= 30_000);
            assertThat(scheduler.meters.waited.get(TaskKind.COMMIT)).hasSize(1).allMatch(ms -> ms < 30_000);
        }
    }

    @Test
    void theStateIsReportedAFewTimesASecond() {
        try (SchedulerDriver scheduler = new SchedulerDriver("active.jobs", "2", "dispatch.capacity", "100")) {
            scheduler.available = 40;
            for (long job = 1; job <= 5; job++) {
                scheduler.ready(job, 3, 0, 0, 1, 2);
            }
            scheduler.commit(9, 3);
            scheduler.available = 0;
            scheduler.pass(Duration.ofSeconds(30));
            var state = scheduler.meters.state;
            assertThat(state.session()).isEqualTo(3);
            assertThat(state.activeJobs()).isEqualTo(2);
            assertThat(state.pendingJobs()).isEqualTo(3);
            assertThat(state.finalizingJobs()).isEqualTo(1);
            assertThat(state.bufferedTasks()).isEqualTo(7);
            assertThat(state.cycleTurns()).isEqualTo(3);
            assertThat(state.windowCapacity()).isEqualTo(100);
            assertThat(state.windowUsed()).isEqualTo(100);
        }
    }

    @Test
    void aClosedShardIsReported() {
        RecordingMeters meters;
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            meters = scheduler.meters;
            assertThat(meters.open).containsExactly(0);
        }
        assertThat(meters.open).isEmpty();
    }
}
