package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobIdsTest {
    private static final long EXACT_IN_A_DOUBLE = 1L << 53;

    @Test
    void submissionsAtTheSameTimeGetDifferentIds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<Long> ids = new HashSet<>();
        int each = 300;
        for (int submit = 0; submit < 1_000; submit++) {
            long first = JobIds.first(random, each);
            for (long id = first; id < first + each; id++) {
                ids.add(id);
            }
            assertThat(first).as("seed %d", seed).isBetween(1L, EXACT_IN_A_DOUBLE - each - 1);
        }
        assertThat(ids).as("seed %d", seed).hasSize(1_000 * each);
    }
}
