package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OffsetQueueTest {
    private static final int ROUNDS = 200;
    private static final int STEPS = 500;

    private final OffsetQueue queue = new OffsetQueue();

    private void add(long... ids) {
        for (long id : ids) {
            queue.add(queue.end(), id);
        }
    }

    @Test
    void anIdLeavesFromTheMiddleOnce() {
        add(1, 2, 3, 4, 5);
        assertThat(queue.remove(3)).isTrue();
        assertThat(queue.remove(3)).isFalse();
        assertThat(queue.remove(9)).isFalse();
        assertThat(queue.size()).isEqualTo(4);
        assertThat(queue.ids()).containsExactly(1, 2, 4, 5);
    }

    @Test
    void anIdThatWasGivenAgainLeavesAtItsHighestOffsetFirst() {
        add(1, 2, 3, 2, 3);
        queue.remove(2);
        assertThat(queue.ids()).containsExactly(1, 2, 3, 3);
        queue.remove(2);
        assertThat(queue.ids()).containsExactly(1, 3, 3);
    }

    @Test
    void anIdIsFoundThatWasAcknowledgedOutOfTurn() {
        queue.add(10, 1);
        queue.add(12, 3);
        queue.add(11, 2);
        queue.add(9, 0);
        for (long id : new long[] {2, 0, 3, 1}) {
            assertThat(queue.remove(id)).as("id %d", id).isTrue();
        }
        assertThat(queue.size()).isZero();
    }

    @Test
    void offsetsBelowTheCommittedOneLeaveWhetherTheirAssignmentsHaveEndedOrNot() {
        add(1, 2, 3, 4, 5, 6, 7, 8);
        queue.remove(2);
        queue.remove(6);
        queue.removeBelow(4);
        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.ids()).containsExactly(5, 7, 8);
    }

    /** A reading of undecided offsets must not take the offset of an ended assignment for one that may hold another. */
    @Test
    void theOffsetOfAnEndedAssignmentIsStillKnown() {
        add(1, 2, 3, 4);
        queue.remove(2);
        assertThat(queue.countFrom(0, 4)).isEqualTo(4);
    }

    @Test
    void manyLongAssignmentsKeepNoRoomForThoseThatEndedBehindThem() {
        add(0);
        long mostKept = 0;
        for (long id = 1; id < 100_000; id++) {
            add(id);
            queue.remove(id);
            mostKept = Math.max(mostKept, queue.countFrom(0, Long.MAX_VALUE));
        }
        assertThat(queue.ids()).containsExactly(0);
        assertThat(mostKept).isLessThan(16);
    }

    private record Entry(long offset, long id) {}

    @Test
    void itHoldsWhatANaiveListHoldsAfterAnyHistory() {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            new History(new Random(seed + round), "seed " + seed + ", round " + round).run();
        }
    }

    /** A random history of one queue and of a list that does the same. */
    private static final class History {
        private final Random random;
        private final String name;
        private final OffsetQueue queue = new OffsetQueue();
        private List<Entry> naive = new ArrayList<>();
        private long offset;
        private long id;
        private long limit;

        History(Random random, String name) {
            this.random = random;
            this.name = name;
        }

        void run() {
            int adds = 3 + random.nextInt(8);
            for (int step = 0; step < STEPS; step++) {
                String after = name + ", step " + step;
                switch (random.nextInt(adds + 4)) {
                    case 0 -> {
                        limit = Math.max(limit, offset - random.nextInt(40));
                        queue.removeBelow(limit);
                        naive.removeIf(entry -> entry.offset() < limit);
                    }
                    case 1 -> read();
                    case 2, 3, 4 -> remove(after);
                    case 5 -> id = Math.max(0, id - random.nextInt(6));
                    default -> add();
                }
                assertThat(queue.size()).as(after).isEqualTo(naive.size());
                assertThat(queue.ids())
                        .as(after)
                        .containsExactly(naive.stream().mapToLong(Entry::id).toArray());
                long live =
                        naive.stream().filter(entry -> entry.offset() >= limit).count();
                assertThat(queue.countFrom(limit, offset + 1)).as(after).isBetween((int) live, (int)
                        (offset + 1 - limit));
            }
        }

        private void add() {
            offset += 1 + random.nextInt(2);
            long at = offset;
            if (random.nextInt(8) == 0) {
                at = offset - 1 - random.nextInt(6);
                long taken = at;
                if (at < limit || naive.stream().anyMatch(entry -> entry.offset() == taken)) {
                    return;
                }
            }
            queue.add(at, id);
            naive.add(new Entry(at, id++));
            naive.sort(Comparator.comparingLong(Entry::offset));
        }

        private void remove(String after) {
            long gone = Math.max(0, id - random.nextInt(30));
            int at = naive.stream().map(Entry::id).toList().lastIndexOf(gone);
            assertThat(queue.remove(gone)).as(after).isEqualTo(at >= 0);
            if (at >= 0) {
                naive.remove(at);
            }
        }

        private void read() {
            long end = limit + random.nextInt((int) (offset + 2 - limit));
            List<Entry> visible = LongStream.range(limit, end)
                    .filter(at -> random.nextInt(3) > 0)
                    .mapToObj(at -> new Entry(at, random.nextInt(4) == 0 ? random.nextInt((int) id + 1) : at))
                    .toList();
            queue.replaceBelow(
                    end,
                    visible.stream()
                            .map(entry -> new AssignmentReader.Found(entry.offset(), entry.id()))
                            .toList());
            List<Entry> joined = new ArrayList<>(visible);
            naive.stream().filter(entry -> entry.offset() >= end).forEach(joined::add);
            naive = joined;
        }
    }
}
