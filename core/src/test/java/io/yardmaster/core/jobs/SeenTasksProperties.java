package io.yardmaster.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.RandomOrder;
import io.yardmaster.core.state.Garbage;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** {@link SeenTasks} compared with a plain map. */
class SeenTasksProperties {
    /** The most bytes of the seen tasks in the job's record. */
    private static final int MOST_OF_RECORD = 1_100;

    private final StateWriter writer = new StateWriter();
    private final Map<Integer, Integer> highest = new HashMap<>();
    private HeapStorage storage;
    private Pages pages;
    private SeenTasks seen;

    @BeforeTry
    void begin() {
        Keys keys = new Keys();
        storage = new HeapStorage();
        pages = new Pages(storage, keys, new Garbage(storage, keys, new Ledger()), -1);
        seen = new SeenTasks(pages);
        highest.clear();
    }

    private void reload() {
        seen.write(writer.reset());
        assertThat(writer.length()).isLessThanOrEqualTo(MOST_OF_RECORD);
        assertThat(storage.longestPut()).isLessThanOrEqualTo(SeenNode.MOST_BYTES);
        seen = new SeenTasks(pages);
        seen.read(new StateReader(writer.toBytes()));
    }

    private void add(int attempt, int... indices) {
        boolean[] isNew = seen.add(indices, attempt);
        for (int i = 0; i < indices.length; i++) {
            assertThat(isNew[i]).isEqualTo(attempt > highest.getOrDefault(indices[i], -1));
            highest.merge(indices[i], attempt, Math::max);
        }
    }

    /** Indices near each other, near the ends of intervals, and near the highest index. */
    private static int index(Random random, int spread) {
        return switch (random.nextInt(6)) {
            case 0 -> Integer.MAX_VALUE - random.nextInt(spread);
            case 1 -> 8_192 * random.nextInt(3) + random.nextInt(8);
            case 2 -> Math.max(0, (1 << random.nextInt(31)) - 4 + random.nextInt(8));
            default -> random.nextInt(spread);
        };
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 40)
    void attemptsOnlyGrow(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int spread,
            @ForAll boolean narrow,
            @ForAll @IntRange(min = 1, max = 1_000) int attempts) {
        Random random = new Random(seed);
        int width = narrow ? 1 + spread % 20_000 : spread;
        int added = 0;
        for (int step = 0; step < 300; step++) {
            int[] batch = random.nextBoolean()
                    ? new int[] {index(random, width)}
                    : IntStream.range(0, random.nextInt(300))
                            .map(i -> index(random, width))
                            .toArray();
            if (random.nextInt(4) == 0) {
                int first = index(random, width);
                int last = (int) Math.min(Integer.MAX_VALUE, first + (long) random.nextInt(2_000));
                batch = IntStream.rangeClosed(first, last).toArray();
            }
            int before = highest.size();
            add(random.nextInt(3) > 0 ? 0 : random.nextInt(attempts), batch);
            added += highest.size() - before;
            if (random.nextInt(20) == 0) {
                reload();
            }
        }
        assertThat(seen.size().getAsLong()).isGreaterThanOrEqualTo(added);
        int[] all = highest.keySet().stream().mapToInt(index -> index).toArray();
        assertThat(seen.add(all, 0)).doesNotContain(true);
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 2)
    void denseIndicesInAnyOrderEndAsOneRange(@ForAll long seed, @ForAll boolean retried) {
        Random random = new Random(seed);
        int attempts = retried ? 3 : 1;
        for (int attempt = 0; attempt < attempts; attempt++) {
            int[] order = RandomOrder.of(random, 100_000);
            for (int from = 0; from < order.length; ) {
                int to = Math.min(order.length, from + 1 + random.nextInt(10));
                add(attempt, Arrays.copyOfRange(order, from, to));
                from = to;
                if (random.nextInt(10_000) == 0) {
                    reload();
                }
            }
        }
        reload();
        assertThat(writer.length()).isLessThan(64);
        assertThat(storage.size()).isLessThanOrEqualTo(8);
    }

    /** The worst case: every second task, each with another attempt, in any order. */
    @Property(shrinking = ShrinkingMode.OFF, tries = 2)
    void noPageOrRecordIsLongerThanItsBound(@ForAll long seed, @ForAll boolean sparse) {
        Random random = new Random(seed);
        int[] order = RandomOrder.of(random, 30_000);
        for (int number : order) {
            add(random.nextInt(Integer.MAX_VALUE), sparse ? number * 71_000 : number * 2);
            if (random.nextInt(1_000) == 0) {
                reload();
            }
        }
        reload();
        assertThat(storage.bytes()).isLessThan(20L * order.length);
    }

    /** Full stretches that do not touch each other were once all kept in the record. */
    @Property(shrinking = ShrinkingMode.OFF, tries = 3)
    void fullStretchesStayWithinTheRecord(@ForAll long seed) {
        Random random = new Random(seed);
        for (int stretch : RandomOrder.of(random, 300)) {
            int first = stretch * 2 * 8_192;
            add(0, first + 1, first + 8_190, first + 5);
            add(0, IntStream.range(first, first + 8_192).toArray());
            reload();
        }
    }
}
