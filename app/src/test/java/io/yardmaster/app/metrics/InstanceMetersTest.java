package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.meters.ShardState;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceMetersTest {
    private final Metrics metrics = new Metrics("1.2.3");

    @Test
    void countsOfATickAreShownWhenItHasEnded() {
        ShardMeters shard = metrics.meters().open(3);
        shard.tickBegins();
        shard.assigned(TaskKind.TASK, 7, 5);
        shard.assigned(TaskKind.TASK, 7, 6);
        shard.assigned(TaskKind.COMMIT, 8, 99_999_999);
        shard.dropped(EventDropReason.OLD_SESSION, 7);
        assertThat(read().value("yardmaster_assignments_total")).isZero();
        shard.tickEnds();
        shard.state(new ShardState(8, 1, 2, 3, 4, 50, 6, 9, 40, 2.5, 100, 60, List.of(), List.of()));

        PrometheusText read = read();
        assertThat(read.value("yardmaster_assignments_total", "lane", "ready", "partition", "3"))
                .isEqualTo(2);
        assertThat(read.value("yardmaster_assignments_total", "lane", "commit")).isEqualTo(1);
        assertThat(read.value("yardmaster_dropped_tasks_total", "reason", "old_session"))
                .isEqualTo(7);
        assertThat(read.value("yardmaster_waiting_time_seconds_bucket", "lane", "ready", "le", "0.005"))
                .isEqualTo(1);
        assertThat(read.value("yardmaster_waiting_time_seconds_bucket", "lane", "ready", "le", "0.01"))
                .isEqualTo(2);
        assertThat(read.value("yardmaster_waiting_time_seconds_bucket", "lane", "commit", "le", "7200.0"))
                .isZero();
        assertThat(read.value("yardmaster_waiting_time_seconds_count", "lane", "commit"))
                .isEqualTo(1);
        assertThat(read.value("yardmaster_waiting_time_seconds_sum", "lane", "ready"))
                .isEqualTo(0.011);
        assertThat(read.value("yardmaster_tick_duration_seconds_count")).isEqualTo(1);
        assertThat(read.value("yardmaster_jobs", "state", "pending")).isEqualTo(2);
        assertThat(read.value("yardmaster_parked_tasks", "partition", "3")).isEqualTo(9);
        assertThat(read.value("yardmaster_window_used_assignments", "partition", "3"))
                .isEqualTo(60);
        assertThat(read.value("yardmaster_session")).isEqualTo(8);
        assertThat(read.value("yardmaster_build_info", "version", "1.2.3")).isEqualTo(1);
    }

    @Test
    void outcomesAreCountedByPoolAndManyPoolsShareOneSeries() {
        ShardMeters shard = metrics.meters().open(3);
        shard.ended(TaskEnd.FAILED, 7, "", 0);
        shard.ended(TaskEnd.SUCCEEDED, 7, "gpu", 0);
        for (int pool = 0; pool < OutcomeCounts.MOST_POOLS + 1; pool++) {
            shard.ended(TaskEnd.SUCCEEDED, 7, "p" + pool, 0);
        }
        shard.ended(TaskEnd.SUCCEEDED, 7, "gpu", 0);
        shard.tickEnds();

        PrometheusText read = read();
        assertThat(outcomes(read, "default", "failed")).isEqualTo(1);
        assertThat(outcomes(read, "default", "succeeded")).isZero();
        assertThat(outcomes(read, "gpu", "succeeded")).isEqualTo(2);
        assertThat(outcomes(read, "p0", "succeeded")).isEqualTo(1);
        assertThat(outcomes(read, "others", "succeeded")).isEqualTo(2);
        assertThat(read.series("yardmaster_outcomes")).hasSize((OutcomeCounts.MOST_POOLS + 2) * 4);
        shard.close();
        assertThat(read().series("yardmaster_outcomes")).isEmpty();
    }

    private static double outcomes(PrometheusText read, String pool, String result) {
        return read.value("yardmaster_outcomes_total", "pool", pool, "result", result);
    }

    @Test
    void aShardTakesItsSeriesAlong() {
        List<String> before = series();
        ShardMeters shard = metrics.meters().open(0);
        assertThat(series().size()).isGreaterThan(before.size());
        shard.close();
        shard.close();
        assertThat(series()).isEqualTo(before);
    }

    @Test
    void metersOfAShardThatAreClosedLateTakeNothingFromThoseOpenedSince() {
        ShardMeters first = metrics.meters().open(0);
        ShardMeters second = metrics.meters().open(0);
        first.close();
        second.tickBegins();
        second.assigned(TaskKind.TASK, 7, 1);
        second.tickEnds();
        assertThat(read().value("yardmaster_assignments_total", "partition", "0"))
                .isEqualTo(1);
        second.close();
        assertThat(read().series("yardmaster_assignments")).isEmpty();
    }

    @Test
    void deadLettersAreCountedByTopic() {
        metrics.meters().deadLetter("a");
        metrics.meters().deadLetter("a");
        assertThat(read().value("yardmaster_dead_letters_total", "topic", "a")).isEqualTo(2);
    }

    @Test
    void namesAndUnitsAreThoseOfTheField() {
        metrics.meters().open(0);
        for (PrometheusText.Family family : read().families().values()) {
            if (family.name().startsWith("yardmaster_")) {
                assertThat(family.name().endsWith("_total"))
                        .as(family.name())
                        .isEqualTo(family.type().equals("counter"));
                assertThat(family.name()).doesNotContain("_ms", "millis", "nanos", "_ns");
                assertThat(family.help()).isNotBlank();
            }
        }
    }

    private PrometheusText read() {
        return PrometheusText.parse(metrics.scrape());
    }

    private List<String> series() {
        return read().series("yardmaster_");
    }
}
