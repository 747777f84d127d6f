package io.yardmaster.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Garbage;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** {@link TaskQueue} compared with a plain queue for each priority. */
class TaskQueueProperties {
    private final Keys keys = new Keys();
    private HeapStorage storage;
    private Pages pages;
    private TaskQueue queue;
    private TreeMap<Integer, Deque<Integer>> expected;

    private void begin() {
        storage = new HeapStorage();
        pages = new Pages(storage, keys, new Garbage(storage, keys, new Ledger()), 7);
        queue = new TaskQueue(pages);
        expected = new TreeMap<>(Comparator.reverseOrder());
    }

    private void add(int priority, int first, int count) {
        queue.appendRun(priority, first, count, 0, 5, null);
        for (int i = 0; i < count; i++) {
            expected.computeIfAbsent(priority, p -> new ArrayDeque<>()).add(first + i);
        }
    }

    private void pop() {
        if (!expected.isEmpty()) {
            Deque<Integer> first = expected.firstEntry().getValue();
            assertThat(queue.headRank()).isEqualTo(expected.firstKey());
            assertThat(queue.headIndex()).isEqualTo(first.remove());
            queue.pop();
            if (first.isEmpty()) {
                expected.remove(expected.firstKey());
            }
        }
    }

    /** Takes every other run of a priority away, and puts the others back. */
    private void sift(int code) {
        long runs = queue.runsOf(code);
        List<Integer> kept = new ArrayList<>();
        long before = queue.size();
        long removed = queue.sift(code, all -> {
            long gone = 0;
            for (long run = 0; run < runs && all.size() > 0; run++) {
                int first = all.headIndex();
                int count = all.headLength();
                all.popRun();
                if (run % 2 == 0) {
                    gone += count;
                } else {
                    all.appendRun(first, count, 0, 5, null);
                    for (int i = 0; i < count; i++) {
                        kept.add(first + i);
                    }
                }
            }
            return gone;
        });
        assertThat(queue.size()).isEqualTo(before - removed);
        expected.keySet().removeIf(priority -> Ranks.codeOf(priority) == code);
        if (!kept.isEmpty()) {
            int priority = (code >>> 1) ^ -(code & 1);
            expected.put(priority, new ArrayDeque<>(kept));
        }
    }

    private void restart() {
        StateWriter writer = new StateWriter();
        queue.writePages(writer);
        writer.reset();
        queue.normal().write(writer);
        boolean others = queue.hasOthers();
        queue = new TaskQueue(pages);
        StateReader reader = new StateReader(writer.toBytes());
        queue.normal().read(reader);
        if (others) {
            queue.readOthers();
        }
    }

    @Example
    void L1_theOtherPrioritiesStayWhenTheOneBetweenThemLosesItsTasks() {
        begin();
        for (int priority : List.of(2, 1, 3)) {
            add(priority, priority * 10, 1);
        }
        restart();
        sift(Ranks.codeOf(2));
        restart();
        pop();
        pop();
        assertThat(queue.size()).isZero();
        assertThat(storage.keys()).isEmpty();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L1_theHighestPriorityGoesFirstAndEqualOnesInTheirOrder(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int priorities) {
        begin();
        Random random = new Random(seed);
        int next = 0;
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 5);
                    add(random.nextInt(priorities) - priorities / 2, next, count);
                    next += count + random.nextInt(3);
                }
                case 3 -> {
                    for (int i = 0; i < 200; i++, next += 2) {
                        add(random.nextInt(priorities) - priorities / 2, next, 1);
                    }
                }
                case 4 -> {
                    List<Integer> codes = queue.codes();
                    sift(codes.get(random.nextInt(codes.size())));
                }
                case 5 -> restart();
                default -> {
                    for (int left = random.nextInt(60); left > 0; left--) {
                        pop();
                    }
                }
            }
            checkSizes();
        }
        while (!expected.isEmpty()) {
            pop();
        }
        assertThat(queue.size()).isZero();
        assertThat(storage.keys()).as("pages of priorities without tasks").isEmpty();
    }

    private void checkSizes() {
        assertThat(queue.size())
                .isEqualTo(expected.values().stream().mapToLong(Deque::size).sum());
        List<Integer> inOrder =
                expected.values().stream().flatMap(Deque::stream).toList();
        List<Run> first = queue.firstRuns(3);
        if (!inOrder.isEmpty()) {
            assertThat(first.get(0).first()).isEqualTo(inOrder.get(0));
        }
        for (int place = 0, priority = 0; place < Math.min(5, inOrder.size()); place++) {
            int at = place;
            int before = 0;
            for (var entry : expected.entrySet()) {
                before += entry.getValue().size();
                if (at < before) {
                    priority = entry.getKey();
                    break;
                }
            }
            assertThat(queue.rankAt(at)).isEqualTo(priority);
        }
    }
}
