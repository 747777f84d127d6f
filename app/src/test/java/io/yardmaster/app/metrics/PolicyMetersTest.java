package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.GroupShare;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.meters.ShardState;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicyKind;
import io.yardmaster.topology.policy.PolicyRow;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Groups and limits that the policy names have series of their own, and all others share one. */
class PolicyMetersTest {
    private final Metrics metrics = new Metrics("1.2.3");
    private PolicySnapshot policy = PolicySnapshot.NONE;

    PolicyMetersTest() {
        metrics.showPolicy(() -> policy);
    }

    private PrometheusText read() {
        return PrometheusText.parse(metrics.scrape());
    }

    private static PolicySnapshot groups(Map<Long, Double> weights) {
        List<PolicyRow> rows = weights.entrySet().stream()
                .map(group -> new PolicyRow(
                        new PolicyKey(PolicyKind.GROUP, Long.toString(group.getKey())),
                        new TreeMap<>(Map.of("weight", group.getValue())),
                        "",
                        "",
                        0))
                .toList();
        return new PolicySnapshot(new LivePolicy(weights), rows, List.of());
    }

    private static Map<Long, Double> weights(int groups) {
        Map<Long, Double> weights = new TreeMap<>();
        IntStream.range(0, groups).forEach(group -> weights.put((long) group, 1.0 + group));
        return weights;
    }

    @Test
    void theHeaviestGroupsAreShownWithTheirWeights() {
        policy = groups(Map.of(7L, 2.0, -8L, 0.5));
        assertThat(read().value("yardmaster_group_weight", "group", "7")).isEqualTo(2);
        assertThat(read().value("yardmaster_group_weight", "group", "-8")).isEqualTo(0.5);
        policy = groups(weights(PolicyMeters.MOST_GROUPS + 5));
        assertThat(read().series("yardmaster_group_weight")).hasSize(PolicyMeters.MOST_GROUPS);
        assertThat(read().series("yardmaster_group_weight"))
                .noneMatch(series -> series.contains("group=4}"))
                .anyMatch(series -> series.contains("group=5}"));
        policy = PolicySnapshot.NONE;
        assertThat(read().series("yardmaster_group_weight")).isEmpty();
    }

    private static void assign(ShardMeters shard, long group, int assignments) {
        shard.tickBegins();
        IntStream.range(0, assignments).forEach(i -> shard.assigned(TaskKind.TASK, group, 1));
        shard.tickEnds();
    }

    private double assigned(String group) {
        return read().value("yardmaster_group_assignments_total", "group", group);
    }

    @Test
    void aGroupIsCountedFromWhenThePolicyNamesItAndTheOthersTogether() {
        ShardMeters one = metrics.meters().open(0);
        ShardMeters two = metrics.meters().open(1);
        assign(one, 7, 3);
        assertThat(assigned("others")).isEqualTo(3);
        policy = groups(Map.of(7L, 2.0));
        assign(one, 8, 1);
        assign(two, 8, 1);
        assign(one, 7, 4);
        assign(two, 7, 5);
        assign(two, 9, 2);
        assertThat(assigned("7")).isEqualTo(9);
        assertThat(assigned("others")).isEqualTo(3 + 2 + 2);
        two.close();
        assertThat(assigned("7")).isEqualTo(9);
    }

    private static void ran(ShardMeters shard, long group, long millis) {
        shard.tickBegins();
        shard.assigned(TaskKind.TASK, 3, 1);
        shard.ended(TaskEnd.SUCCEEDED, group, "", millis);
        shard.ended(TaskEnd.FAILED, group, "", millis);
        shard.tickEnds();
    }

    @Test
    void theTimeThatTasksOfAGroupRanIsCountedByTheirOutcomes() {
        ShardMeters one = metrics.meters().open(0);
        ShardMeters two = metrics.meters().open(1);
        policy = groups(Map.of(7L, 2.0));
        assign(one, 7, 1);
        assign(two, 7, 1);
        ran(one, 7, 1_500);
        ran(two, 7, 250);
        ran(two, 8, 10);
        assertThat(read().value("yardmaster_group_task_seconds_total", "group", "7"))
                .isEqualTo(3.5);
        assertThat(read().value("yardmaster_group_task_seconds_total", "group", "others"))
                .isEqualTo(0.02);
        assertThat(assigned("others")).isEqualTo(2 + 3);
    }

    @Test
    void L3_theDominantSharesOfAHundredGroupsAreShown() {
        ShardMeters one = metrics.meters().open(0);
        ShardMeters two = metrics.meters().open(1);
        one.state(sharing(new GroupShare(7, 1.5), new GroupShare(8, 4)));
        two.state(sharing(new GroupShare(7, 2)));
        assertThat(read().value("yardmaster_group_dominant_seconds", "group", "7"))
                .isEqualTo(3.5);
        assertThat(read().value("yardmaster_group_dominant_seconds", "group", "8"))
                .isEqualTo(4);
        one.state(sharing(IntStream.range(100, 200)
                .mapToObj(group -> new GroupShare(group, group))
                .toArray(GroupShare[]::new)));
        assertThat(read().series("yardmaster_group_dominant_seconds"))
                .hasSize(PolicyMeters.MOST_GROUPS)
                .noneMatch(series -> series.contains("group=7}"));
    }

    private static ShardState sharing(GroupShare... shares) {
        return new ShardState(1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, List.of(), List.of(shares));
    }

    @Test
    void noMoreThanAHundredGroupsHaveSeriesOfTheirOwn() {
        ShardMeters shard = metrics.meters().open(0);
        policy = groups(weights(GroupCounts.MOST_GROUPS + 50));
        assign(shard, 1, 1);
        policy = groups(Map.of(-1L, 1.0));
        assign(shard, -1, 1);
        assign(shard, -1, 1);
        assertThat(read().series("yardmaster_group_assignments")).hasSize(GroupCounts.MOST_GROUPS + 1);
    }

    private static ShardState state(LimitUse... limits) {
        return new ShardState(1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, List.of(limits), List.of());
    }

    private static LimitUse use(String key, long capacity, long used, long parked) {
        return new LimitUse(key, capacity, used, 0, parked, List.of());
    }

    private List<Double> limit(String key) {
        PrometheusText read = read();
        return List.of(
                read.value("yardmaster_limit_used_units", "limit", key),
                read.value("yardmaster_limit_capacity_units", "limit", key),
                read.value("yardmaster_limit_parked_tasks", "limit", key));
    }

    @Test
    void limitsOfThePolicyAddUpOverTheShardsOfTheInstance() {
        policy = new PolicySnapshot(new LivePolicy(Map.of(), Map.of("limit/licence", 50L)), List.of(), List.of());
        ShardMeters one = metrics.meters().open(0);
        ShardMeters two = metrics.meters().open(1);
        one.state(state(use("limit/licence", 20, 18, 4), use("limit/gone", 0, 1, 2), use("rate/7", 5, 5, 9)));
        two.state(state(use("limit/licence", 30, 30, 1), use("limit/lost", 0, 0, 3), use("rate/pool/gpu", 2, 2, 6)));
        assertThat(limit("limit/licence")).containsExactly(48.0, 50.0, 5.0);
        assertThat(limit("others")).containsExactly(1.0, 0.0, 5.0);
        assertThat(limit("rate/7")).containsExactly(5.0, 5.0, 9.0);
        assertThat(limit("rate/pool/gpu")).containsExactly(2.0, 2.0, 6.0);
        assertThat(read().series("yardmaster_limit_")).hasSize(12);
        two.close();
        assertThat(limit("limit/licence")).containsExactly(18.0, 20.0, 4.0);
    }

    private static PolicyRow poolRow(String key, boolean isPaused) {
        return new PolicyRow(PolicyKey.parse(key), new TreeMap<>(Map.of(PolicyKind.PAUSED, isPaused)), "", "", 0);
    }

    private List<Double> pool(String name) {
        PrometheusText read = read();
        return List.of(
                read.value("yardmaster_pool_used_tasks", "pool", name),
                read.value("yardmaster_pool_capacity_tasks", "pool", name),
                read.value("yardmaster_pool_parked_tasks", "pool", name),
                read.value("yardmaster_pool_paused", "pool", name));
    }

    @Test
    void L9_poolsHaveSeriesOfTheirOwnAndThoseThatAreGoneShareOne() {
        policy = new PolicySnapshot(
                new LivePolicy(Map.of(), Map.of("pool/gpu", 8L, "pool/tape", 0L)),
                List.of(poolRow("pool/gpu", false), poolRow("pool/tape", true)),
                List.of());
        metrics.meters().open(0).state(state(use("pool/gpu", 5, 5, 4), use("pool/a", 0, 1, 2)));
        metrics.meters()
                .open(1)
                .state(state(use("pool/gpu", 3, 1, 0), use("pool/b", 0, 0, 3), use("pool/tape", 0, 2, 7)));
        assertThat(pool("gpu")).containsExactly(6.0, 8.0, 4.0, 0.0);
        assertThat(pool("tape")).containsExactly(2.0, 0.0, 7.0, 1.0);
        assertThat(pool("gone")).containsExactly(1.0, 0.0, 5.0, 0.0);
        assertThat(read().series("yardmaster_pool_")).hasSize(12);
        assertThat(read().series("yardmaster_limit_")).isEmpty();
    }

    @Test
    void noMoreThanAHundredLimitsHaveSeriesOfTheirOwn() {
        Map<String, Long> capacities = new TreeMap<>();
        List<LimitUse> uses = new ArrayList<>();
        IntStream.range(0, LimitMeters.MOST_LIMITS + 20).forEach(i -> {
            capacities.put("limit/" + i, 10L);
            uses.add(use("limit/" + i, 10, 1, 1));
        });
        policy = new PolicySnapshot(new LivePolicy(Map.of(), capacities), List.of(), List.of());
        metrics.meters().open(0).state(state(uses.toArray(LimitUse[]::new)));
        assertThat(read().series("yardmaster_limit_used_units")).hasSize(LimitMeters.MOST_LIMITS + 1);
        assertThat(limit("others")).containsExactly(20.0, 200.0, 20.0);
    }
}
