package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LivePolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GroupWeightRulesTest {
    private static final int[] MANY = IntStream.range(0, 20_000).toArray();

    private final CoreFixture core = new CoreFixture(CoreFixture.policy(10, Fairness.WEIGHTED))
            .group(1, "A")
            .group(2, "B")
            .group(3, "C");

    private static LivePolicy weights(Map<Long, Double> weights) {
        return new LivePolicy(weights);
    }

    @Test
    void L2_aGroupOfWeightTwoHasTwoTurnsWhereOneOfWeightOneHasOne() {
        core.ready("A", 0, 1, 2, 3).ready("B", 0, 1, 2, 3, 4, 5);
        core.follow(weights(Map.of(2L, 2.0)));

        assertThat(core.tick(9)).containsExactly("B.0", "A.0", "B.1", "B.2", "A.1", "B.3", "B.4", "A.2", "B.5");
    }

    @Test
    void L2_withoutWeightsGroupsTakeTurnsAsByResourceGroup() {
        core.ready("A", 0, 1).ready("B", 0, 1).ready("C", 0);

        assertThat(core.drain()).containsExactly("A.0", "B.0", "C.0", "A.1", "B.1");
    }

    @Test
    void L2_byResourceGroupWeightsAreIgnored() {
        CoreFixture even = new CoreFixture(CoreFixture.policy(10, Fairness.RESOURCE_GROUP))
                .group(1, "A")
                .group(2, "B")
                .follow(weights(Map.of(1L, 100.0)));
        even.ready("A", 0, 1).ready("B", 0, 1);

        assertThat(even.drain()).containsExactly("A.0", "B.0", "A.1", "B.1");
    }

    @Test
    void L2_aChangedWeightHoldsForWhatIsQueued() {
        core.ready("A", MANY).ready("B", MANY).follow(weights(Map.of(1L, 4.0)));
        assertThat(count(core.tick(1_000))).containsEntry("A", 800L).containsEntry("B", 200L);

        core.follow(weights(Map.of(2L, 4.0)));
        assertThat(count(core.tick(1_000)).get("B")).isCloseTo(800, within(2L));
    }

    @Test
    void L2_onlyGroupsThatHaveWorkCountAsTheHeaviest() {
        core.ready("A", MANY).ready("B", MANY).follow(weights(Map.of(1L, 0.001, 2L, 0.002, 3L, 1_000.0)));

        core.tick(0);
        assertThat(core.scheduler().turnsPerCycle()).isEqualTo(1.5, within(0.001));
        assertThat(count(core.tick(300)).get("B")).isCloseTo(200, within(1L));
    }

    @Test
    void L2_anIdleGroupSavesNothingUp() {
        core.ready("A", MANY).ready("B", MANY).follow(weights(Map.of(3L, 2.0)));
        core.tick(4_000);
        core.ready("C", MANY);

        List<String> offered = core.tick(400);
        assertThat(count(offered).get("C")).isCloseTo(200, within(2L));
        assertThat(count(offered.subList(0, 40)).get("C")).isCloseTo(20, within(2L));
    }

    @Test
    void L2_aLightGroupThatComesAndGoesIsStillLight() {
        core.ready("A", MANY).follow(weights(Map.of(1L, 10.0)));
        long offered = 0;
        for (int i = 0; i < 1_000; i++) {
            core.ready("B", i);
            offered +=
                    core.tick(5).stream().filter(task -> task.startsWith("B")).count();
        }

        assertThat(offered).isCloseTo(5_000 / 11, within(60L));
    }

    @Test
    void L1_weightsHoldInsideAPriority() {
        core.ready("A", MANY).ready("B", MANY).ready("C", 0, 1, 2).follow(weights(Map.of(1L, 3.0, 3L, 0.01)));
        core.prioritize("C", 1);

        List<String> offered = core.tick(403);
        assertThat(offered.subList(0, 3)).containsExactly("C.0", "C.1", "C.2");
        assertThat(count(offered).get("A")).isCloseTo(300, within(2L));
    }

    @Property(tries = 60)
    void L2_turnsAreInProportionToTheWeightsAtAnyTime(
            @ForAll @IntRange(min = 2, max = 12) int groups, @ForAll long seed) {
        Random random = new Random(seed);
        CoreFixture many = new CoreFixture(CoreFixture.policy(1_000, Fairness.WEIGHTED));
        Map<Long, Double> weights = new HashMap<>();
        double sum = 0;
        for (int group = 0; group < groups; group++) {
            double weight = Math.pow(10, random.nextDouble() * 2);
            weights.put((long) group, weight);
            sum += weight;
            many.group(group, "G" + group)
                    .ready("G" + group, IntStream.range(0, 60_000).toArray());
        }
        many.follow(weights(weights));
        for (int round = 0; round < 3; round++) {
            Map<String, Long> counts = count(many.tick(15_000));
            for (int group = 0; group < groups; group++) {
                double due = 15_000 * weights.get((long) group) / sum;
                assertThat((double) counts.getOrDefault("G" + group, 0L))
                        .as("group %s of %s", group, weights)
                        .isCloseTo(due, within(2 + due * 0.05));
            }
        }
    }

    @Test
    void weightsThatAreNoWeightsAreRefused() {
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> weights(Map.of(7L, weight)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("group 7");
        }
    }

    @Test
    void theMarkOfWeightsTellsSetsOfWeightsApart() {
        List<Long> marks = Stream.<Map<Long, Double>>of(
                        Map.of(),
                        Map.of(1L, 1.0),
                        Map.of(1L, 2.0),
                        Map.of(2L, 1.0),
                        Map.of(1L, 1.0, 2L, 2.0),
                        Map.of(1L, 2.0, 2L, 1.0))
                .map(weights -> weights(weights).weightsMark())
                .toList();

        assertThat(marks).doesNotHaveDuplicates().startsWith(0L);
        assertThat(weights(new HashMap<>(Map.of(1L, 2.0, 2L, 1.0))).weightsMark())
                .isEqualTo(marks.get(5));
    }

    private static Map<String, Long> count(List<String> offered) {
        Map<String, Long> counts = new HashMap<>();
        offered.forEach(task -> counts.merge(task.substring(0, task.indexOf('.')), 1L, Long::sum));
        return counts;
    }
}
