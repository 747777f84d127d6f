package io.yardmaster.bench.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.bench.fairness.Placement.PlacedJob;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 7, 16, 64})
    void everyShardHasAJobAndTheFirstHasSevenOfTen(int shards) {
        int jobs = Placement.fewest(shards);
        Map<Integer, Long> byShard = Placement.of(shards, jobs).jobs().stream()
                .collect(Collectors.groupingBy(PlacedJob::shard, Collectors.counting()));
        assertThat(byShard).hasSize(shards).containsEntry(0, jobs * 7L / 10);
    }

    @Test
    void groupsDoubleAndTheLargestLieEverywhere() {
        Placement placement = Placement.of(16, 64);
        Map<Long, Long> byGroup =
                placement.jobs().stream().collect(Collectors.groupingBy(PlacedJob::group, Collectors.counting()));
        assertThat(byGroup).isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 2L, 4L, 4L, 5L, 8L, 6L, 16L, 7L, 32L));
        assertThat(placement.groups()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }
}
