package io.yardmaster.bench.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvennessTest {
    private static List<Seen> seen(long job, long from, long to, long every) {
        List<Seen> seen = new ArrayList<>();
        for (long at = from; at < to; at += every) {
            seen.add(new Seen(at, job, 1, 1));
        }
        return seen;
    }

    private static List<Seen> both(List<Seen> one, List<Seen> other) {
        List<Seen> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    @Test
    void S16_equalCountsInEveryIntervalAreARatioOfOne() {
        List<Seen> seen = both(seen(1, 0, 5_000, 10), seen(2, 5, 5_000, 10));
        assertThat(Evenness.ratios(seen, Seen::job, job -> 1, List.of(1L, 2L), 1_000, 4_000, 1_000))
                .isEqualTo(new Evenness.Ratios(1, 1));
    }

    @Test
    void L2_countsInProportionToTheWeightsAreARatioOfOne() {
        List<Seen> seen = both(seen(1, 0, 5_000, 10), seen(2, 5, 5_000, 40));
        assertThat(Evenness.ratios(seen, Seen::job, job -> job == 1 ? 4 : 1, List.of(1L, 2L), 1_000, 4_000, 1_000))
                .isEqualTo(new Evenness.Ratios(1, 1));
    }

    @Test
    void S16_anUnevenSecondIsFoundAlsoWhereNoIntervalOfAGridFits() {
        // Both get the same in each whole second, but job 2 gets nothing from 1.5 to 2.5.
        List<Seen> seen = both(
                seen(1, 0, 4_000, 10),
                both(seen(2, 0, 1_000, 10), both(seen(2, 1_000, 1_500, 5), seen(2, 2_500, 3_000, 5))));
        assertThat(Evenness.ratios(seen, Seen::job, job -> 1, List.of(1L, 2L), 0, 3_000, 1_000)
                        .worst())
                .isInfinite();
    }

    @Test
    void S15_groupsAreComparedWhateverTheirJobsGet() {
        List<Seen> seen = List.of(
                new Seen(0, 1, 1, 1),
                new Seen(1, 1, 1, 1),
                new Seen(2, 2, 2, 1),
                new Seen(3, 3, 2, 1),
                new Seen(4, 4, 2, 1));
        assertThat(Evenness.ratios(seen, Seen::group, group -> 1, List.of(1L, 2L), 0, 1_000, 1_000)
                        .worst())
                .isEqualTo(1.5);
    }

    @Test
    void S16_intervalsWithoutAssignmentsAreNotEven() {
        assertThat(Evenness.ratios(List.of(), Seen::job, job -> 1, List.of(1L, 2L), 0, 2_000, 1_000))
                .isEqualTo(new Evenness.Ratios(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void theRateCountsOnlyAssignmentsInsideTheTime() {
        assertThat(Evenness.rate(seen(1, 0, 5_000, 10), 1_000, 3_000)).isEqualTo(100);
    }
}
