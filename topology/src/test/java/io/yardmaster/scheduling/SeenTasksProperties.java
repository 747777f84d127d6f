package io.yardmaster.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** What a job has seen against plain sets. */
class SeenTasksProperties {
    private final RecordWriter writer = new RecordWriter();
    private HeapStorage storage;
    private Pages pages;

    @BeforeTry
    void begin() {
        storage = new HeapStorage();
        pages = new Pages(storage, new Keys(), -1);
    }

    private IndexSet reload(IndexSet set) {
        set.write(writer.reset());
        IndexSet read = new IndexSet(pages, 0);
        read.read(new RecordReader(writer.toBytes()));
        return read;
    }

    /** Indices near each other, near the ends of pages, and near the end of all. */
    private static int index(Random random, int spread) {
        return switch (random.nextInt(6)) {
            case 0 -> Integer.MAX_VALUE - random.nextInt(spread);
            case 1 -> 8_192 * random.nextInt(3) + random.nextInt(8);
            case 2 -> Math.max(0, 8_192 * random.nextInt(3) - 1 - random.nextInt(8));
            default -> random.nextInt(spread);
        };
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 100)
    void indexSetIsASet(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30_000) int spread) {
        Random random = new Random(seed);
        IndexSet set = new IndexSet(pages, 0);
        Set<Integer> expected = new HashSet<>();
        for (int step = 0; step < 1_000; step++) {
            int first = index(random, spread);
            int many = random.nextInt(20) == 0 ? random.nextInt(1_000) : 1;
            for (int i = 0; i < many && first + i >= 0; i++) {
                assertThat(set.contains(first + i)).isEqualTo(expected.contains(first + i));
                assertThat(set.add(first + i)).isEqualTo(expected.add(first + i));
                assertThat(set.contains(first + i)).isTrue();
            }
            if (random.nextInt(50) == 0) {
                set = reload(set);
            }
        }
        for (int i = 0; i < 2_000; i++) {
            int index = index(random, spread);
            assertThat(set.contains(index)).isEqualTo(expected.contains(index));
        }
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 3)
    void denseIndicesInAnyOrderEndAsOneRange(@ForAll long seed) {
        Random random = new Random(seed);
        int[] order = RandomOrder.of(random, 100_000);
        IndexSet set = new IndexSet(pages, 0);
        for (int i = 0; i < order.length; i++) {
            assertThat(set.add(order[i])).isTrue();
            if (i % 10 == 0) {
                assertThat(set.add(order[random.nextInt(i + 1)])).isFalse();
            }
            if (random.nextInt(10_000) == 0) {
                set = reload(set);
            }
        }
        for (int index : order) {
            assertThat(set.contains(index) && !set.add(index)).isTrue();
        }
        set.write(writer.reset());
        assertThat(writer.toBytes()).hasSizeLessThan(32);
        assertThat(storage.size()).isLessThanOrEqualTo(1);
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 200)
    void attemptsOnlyGrow(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2_000) int spread) {
        Random random = new Random(seed);
        SeenTasks seen = new SeenTasks(pages);
        Map<Integer, Integer> highest = new HashMap<>();
        for (int step = 0; step < 1_500; step++) {
            int index = index(random, spread);
            int attempt = random.nextInt(3) > 0 ? 0 : random.nextInt(4);
            boolean isNew = attempt > highest.getOrDefault(index, -1);
            assertThat(seen.add(index, attempt)).isEqualTo(isNew);
            if (isNew) {
                highest.put(index, attempt);
            }
            if (random.nextInt(100) == 0) {
                seen.write(writer.reset());
                seen = new SeenTasks(pages);
                seen.read(new RecordReader(writer.toBytes()));
            }
        }
        seen.clear();
        assertThat(storage.size()).isZero();
    }
}
