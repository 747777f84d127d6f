package io.yardmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.state.HeapStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredBatchesTest {
    private static final String POOL = "gpu";

    private final HeapStorage storage = new HeapStorage();
    private final Map<Integer, OfferedUnit> waiting = new HashMap<>();
    private PoolState state = new PoolState(storage);

    private static OfferedUnit unit(int task, int envelopeBytes) {
        Offer offer =
                new Offer(task, 1 + task % 3, 7, 0, 0, task, 1, 0, Requirement.of(Map.of("cpu", 1L)), 0, 1, -1, false);
        return new OfferedUnit(offer, List.of(1_000L + task), new byte[envelopeBytes]);
    }

    private void add(int task) {
        OfferedUnit unit = unit(task, 8);
        waiting.put(task, unit);
        state.put(POOL, unit);
    }

    private void remove(int task) {
        state.delete(waiting.remove(task));
    }

    /** Goes on with the state as another process would find it. */
    private void reopen() {
        state = new PoolState(storage);
        PoolBook book = new PoolBook(POOL, () -> 0);
        state.restore(pool -> book, 0);
        waiting.clear();
        book.units().forEach(unit -> waiting.put(unit.offer().firstTask(), unit));
    }

    @Test
    void P7_whatIsLeftSurvivesHoweverTasksComeAndGo() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int next = 0;
        for (int step = 0; step < 2_000; step++) {
            int choice = random.nextInt(100);
            if (choice < 40) {
                for (int count = random.nextInt(100); count > 0; count--) {
                    add(next++);
                }
            } else if (choice < 80) {
                for (int count = random.nextInt(120); count > 0 && !waiting.isEmpty(); count--) {
                    List<Integer> all = new ArrayList<>(waiting.keySet());
                    remove(all.get(random.nextInt(all.size())));
                }
            } else {
                state.flush();
                List<Integer> before = waiting.keySet().stream().sorted().toList();
                reopen();
                assertThat(waiting.keySet().stream().sorted().toList())
                        .as("seed %s, step %s", seed, step)
                        .isEqualTo(before);
            }
        }
        state.flush();
        List.copyOf(waiting.keySet()).forEach(this::remove);
        state.flush();
        assertThat(storage.size()).as("entries, seed %s", seed).isZero();
    }

    @Test
    void aThousandTasksCostAFewEntries() {
        IntStream.range(0, 1_024).forEach(this::add);
        state.flush();
        IntStream.range(0, 1_024).forEach(this::remove);
        state.flush();

        assertThat(storage.takeWrites()).isEqualTo(2 * 1_024 / StoredBatches.MOST);
        assertThat(storage.size()).isZero();
    }

    @Test
    void aTaskThatComesAndGoesInOneTransactionCostsNone() {
        add(0);
        remove(0);
        state.flush();

        assertThat(storage.takeWrites()).isZero();
    }

    @Test
    void fewTasksThatAreLeftOfManyDoNotKeepTheOthersInTheState() {
        IntStream.range(0, 6_400).forEach(this::add);
        state.flush();
        IntStream.range(0, 6_400).filter(task -> task % 64 != 5).forEach(this::remove);
        state.flush();

        assertThat(storage.size()).isEqualTo(2);
        reopen();
        assertThat(waiting).hasSize(100);
    }

    @Test
    void largeTasksAreNotPutIntoOneEntry() {
        IntStream.range(0, 8).forEach(task -> state.put(POOL, unit(task, 20_000)));
        state.flush();

        assertThat(storage.size()).isEqualTo(4);
        assertThat(storage.longestPut()).isLessThan(45_000);
    }

    @Test
    void tasksThatShareAnEnvelopeHaveItInTheStateOnce() {
        OfferedUnit first = unit(0, 10_000);
        state.put(POOL, first);
        state.put(POOL, first.withEnvelope(unit(1, 1).offer(), List.of(1_001L)));
        state.flush();

        assertThat(storage.longestPut()).isBetween(10_000, 11_000);
        reopen();
        assertThat(waiting.get(1).envelope()).hasSize(10_000);
        assertThat(waiting.get(1).assignments()).containsExactly(1_001L);
    }

    @Test
    void nothingGoesThatNeverCame() {
        assertThatThrownBy(() -> state.delete(unit(0, 1))).isInstanceOf(IllegalStateException.class);
    }
}
