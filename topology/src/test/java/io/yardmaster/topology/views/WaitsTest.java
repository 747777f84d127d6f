package io.yardmaster.topology.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaitsTest {

    @Test
    void everyDurationIsInTheBucketThatBeginsAtOrBelowIt() {
        for (long millis :
                new long[] {0, 1, 7, 8, 9, 15, 16, 17, 31, 1_000, 1_023, 1_024, 86_400_000L, Integer.MAX_VALUE}) {
            int bucket = Waits.bucket(millis);
            assertThat(Waits.least(bucket)).isLessThanOrEqualTo(millis);
            assertThat(Waits.least(bucket + 1)).isGreaterThan(millis);
        }
        for (int bucket = 0; bucket < Waits.BUCKETS - 1; bucket++) {
            assertThat(Waits.bucket(Waits.least(bucket))).isEqualTo(bucket);
            assertThat(Waits.least(bucket + 1) - Waits.least(bucket))
                    .isLessThanOrEqualTo(Math.max(1, Waits.least(bucket) / 8));
        }
        assertThat(Waits.bucket(Long.MAX_VALUE)).isEqualTo(Waits.BUCKETS - 1);
    }

    @Test
    void quantilesAreThoseOfAllShardsTogether() {
        RateHistory history = new RateHistory();
        RateSlice fast = new RateSlice(history);
        RateSlice slow = new RateSlice(history);
        fast.tick(1);
        slow.tick(1);
        for (int i = 0; i < 98; i++) {
            fast.assigned(5);
        }
        slow.assigned(1_000);
        slow.assigned(1_000);
        fast.tick(RateHistory.SLICE_MS);
        slow.tick(RateHistory.SLICE_MS);
        List<Rate> rates = history.all();
        assertThat(rates).hasSize(1);
        assertThat(rates.get(0).assigned()).isEqualTo(100);
        assertThat(RateHistory.quantile(rates, 0.5)).isEqualTo(5);
        assertThat(RateHistory.quantile(rates, 0.99)).isBetween(950L, 1_080L);
        assertThat(RateHistory.quantile(List.of(), 0.5)).isEqualTo(-1);
    }

    @Test
    void onlyTheLatestSlicesAreKept() {
        RateHistory history = new RateHistory();
        RateSlice slice = new RateSlice(history);
        for (long i = 0; i <= 2 * RateHistory.SLICES; i++) {
            slice.tick(i * RateHistory.SLICE_MS);
        }
        assertThat(history.all()).hasSize(RateHistory.SLICES);
        assertThat(history.all().get(0).slice()).isEqualTo(RateHistory.SLICES);
    }
}
