package io.yardmaster.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlotAgendaTest {
    private record Naive(long end, long begun, long id) {}

    private static DispatchedTask task(long id, long job, int index) {
        return new DispatchedTask(id, 1, job, TaskKind.TASK, index, 0, 0, 0, null, null);
    }

    @Test
    void tasksEndInTheOrderOfTheirTimesAndThenAsTheyBegan() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        SlotAgenda agenda = new SlotAgenda(50);
        TreeSet<Naive> naive =
                new TreeSet<>(Comparator.comparingLong(Naive::end).thenComparingLong(Naive::begun));
        for (int step = 0; step < 5_000; step++) {
            if (agenda.free() > 0 && (agenda.isEmpty() || random.nextInt(100) < 52)) {
                long end = random.nextInt(20);
                agenda.add(task(step, 1, 0), null, end);
                naive.add(new Naive(end, step, step));
            } else {
                Naive first = naive.pollFirst();
                assertThat(agenda.firstEnd()).isEqualTo(first.end);
                assertThat(agenda.firstTask().id()).isEqualTo(first.id);
                agenda.removeFirst();
            }
            assertThat(agenda.free()).isEqualTo(50 - naive.size());
        }
    }

    @Test
    void killedTasksEndAtOnceAndOthersDoNot() {
        SlotAgenda agenda = new SlotAgenda(10);
        for (int index = 0; index < 5; index++) {
            agenda.add(task(index, 7, index), null, 100 - index);
        }
        agenda.add(task(9, 8, 1), null, 200);

        agenda.kill(7, 1, 2, 50);

        assertThat(agenda.firstTask().taskIndex()).isEqualTo(1);
        assertThat(agenda.firstKilled()).isTrue();
        agenda.removeFirst();
        assertThat(agenda.firstTask().taskIndex()).isEqualTo(2);
        agenda.removeFirst();
        assertThat(agenda.firstKilled()).isFalse();
        assertThat(agenda.firstEnd()).isEqualTo(96);
        agenda.kill(8, -1, 0, 50);
        assertThat(agenda.firstTask().id()).isEqualTo(9);
    }

    @Test
    void tasksApartTakeNoSlots() {
        SlotAgenda agenda = new SlotAgenda(2);
        for (int index = 0; index < 20; index++) {
            agenda.addApart(task(index, 7, index), null, 100 - index);
        }
        agenda.add(task(20, 7, 20), null, 1_000);
        assertThat(agenda.free()).isEqualTo(1);
        agenda.stop(task(19, 7, 19));
        agenda.stop(task(5, 7, 5));
        agenda.stop(task(99, 7, 99));
        List<Integer> order = new ArrayList<>();
        while (!agenda.isEmpty()) {
            order.add(agenda.firstTask().taskIndex());
            agenda.removeFirst();
        }
        assertThat(order).containsExactly(18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 4, 3, 2, 1, 0, 20);
        assertThat(agenda.free()).isEqualTo(2);
    }

    @Test
    void aFleetWithoutTasksHasNoNextEnd() {
        assertThat(new SlotAgenda(3).firstEnd()).isEqualTo(Long.MAX_VALUE);
    }
}
