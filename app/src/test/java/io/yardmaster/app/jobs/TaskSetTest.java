package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskSetTest {
    @Test
    void itIsTheSameAsAnArrayOfBits() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            TaskSet set = new TaskSet();
            BitSet expected = new BitSet();
            for (int step = 0; step < 100; step++) {
                int first = random.nextInt(300_000);
                int last = first + (random.nextBoolean() ? 0 : random.nextInt(150_000));
                int before = expected.cardinality();
                expected.set(first, last + 1);
                assertThat(set.add(first, last)).as("seed %s", seed).isEqualTo(expected.cardinality() - before);
                int asked = random.nextInt(500_000);
                assertThat(set.contains(asked)).as("seed %s", seed).isEqualTo(expected.get(asked));
            }
        }
    }

    @Test
    void theHighestIndexFits() {
        TaskSet set = new TaskSet();
        assertThat(set.add(0, Integer.MAX_VALUE - 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(set.contains(Integer.MAX_VALUE - 1)).isTrue();
        assertThat(set.contains(Integer.MAX_VALUE)).isFalse();
        assertThat(set.add(5, 7)).isZero();
    }
}
