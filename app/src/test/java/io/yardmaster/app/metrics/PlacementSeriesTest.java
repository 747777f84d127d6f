package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.PlacementDropReason;
import io.yardmaster.core.placement.PlanCounters;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.core.placement.ResourceUse;
import io.yardmaster.topology.meters.PlacementMeters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlacementSeriesTest {
    private static final List<Integer> FULL = List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);

    private final Metrics metrics = new Metrics("1.2.3");
    private final PlacementMeters placement = metrics.meters().openPlacement(0);

    private PrometheusText read() {
        return PrometheusText.parse(metrics.scrape());
    }

    private void measureAll() {
        placement.planned(new PlanReport(
                "gpu", 7, 4, Map.of(PlacementDropReason.NO_ROOM, 2), 500, 300, 1, new PlanCounters(9, 4_000, 3, 2)));
        placement.failed("gpu");
        placement.released("gpu");
        placement.pools(List.of(
                new PoolHosts("gpu", 5, 2, 1, 70, 9, 61_000, List.of(new ResourceUse("cpu", 40, 30, 8, "h1", FULL)))));
    }

    @Test
    void poolsAreShownWithTheirPlansAndHosts() {
        measureAll();
        PrometheusText read = read();
        assertThat(read.value("yardmaster_placement_hosts", "pool", "gpu", "state", "alive"))
                .isEqualTo(3);
        assertThat(read.value("yardmaster_placement_hosts", "state", "silent")).isEqualTo(2);
        assertThat(read.value("yardmaster_placement_dropped_decisions_total", "reason", "no_room"))
                .isEqualTo(2);
        assertThat(read.value("yardmaster_placement_placed_tasks_total")).isEqualTo(7);
        assertThat(read.value("yardmaster_placement_preempted_tasks_total")).isEqualTo(4);
        assertThat(read.value("yardmaster_placement_host_looks_total")).isEqualTo(4_000);
        assertThat(read.value("yardmaster_placement_wasted_attempts_total")).isEqualTo(3);
        assertThat(read.value("yardmaster_placement_plan_age_seconds")).isEqualTo(0.5);
        assertThat(read.value("yardmaster_placement_plan_duration_seconds")).isEqualTo(0.3);
        assertThat(read.value("yardmaster_placement_blocked_seconds")).isEqualTo(61);
        assertThat(read.value("yardmaster_placement_resource_booked_units", "resource", "cpu"))
                .isEqualTo(30);
        assertThat(read.value("yardmaster_placement_lost_hosts_total")).isEqualTo(1);
    }

    @Test
    void aPlanIsLateOnlyWhileTasksWait() {
        long[] now = {0};
        PlacementSeries series = new PlacementSeries(
                new io.micrometer.core.instrument.simple.SimpleMeterRegistry(), () -> now[0], closed -> {});
        series.pools(List.of(new PoolHosts("gpu", 1, 0, 0, 0, 0, 0, List.of())));
        now[0] = 100_000_000_000L;
        assertThat(series.times("gpu").late()).isZero();
        series.pools(List.of(new PoolHosts("gpu", 1, 0, 0, 0, 3, 0, List.of())));
        now[0] += 5_000_000_000L;
        assertThat(series.times("gpu").late()).isEqualTo(5);
        series.planned(new PlanReport("gpu", 0, 0, Map.of(), 0, 0, 3, new PlanCounters(0, 1, 1, 1)));
        now[0] += 2_000_000_000L;
        assertThat(series.times("gpu").late()).isEqualTo(2);
    }

    @Test
    void theMetricsAreThoseOfTheFileAndGoWithThePools() throws IOException {
        List<String> before = read().series("yardmaster_");
        measureAll();
        Set<String> shown = new TreeSet<>(MetricNames.linesOf(read()));
        shown.removeIf(line -> !line.startsWith("yardmaster_placement_"));
        Set<String> known = new TreeSet<>();
        MetricNames.labels().forEach((name, labels) -> {
            if (name.startsWith("yardmaster_placement_")) {
                known.add(labels.isEmpty() ? name : name + " " + String.join(" ", labels));
            }
        });
        assertThat(shown).isEqualTo(known);
        placement.close();
        assertThat(read().series("yardmaster_")).isEqualTo(before);
    }
}
