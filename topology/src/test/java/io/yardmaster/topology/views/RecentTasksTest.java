package io.yardmaster.topology.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.RunningTask;
import io.yardmaster.core.values.StageTimes;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentTasksTest {
    private static final long GROUP = 3;

    private final RecentTasks recent = new RecentTasks();

    private static DispatchedTask task(long number) {
        return new DispatchedTask(number, GROUP, 7, TaskKind.TASK, (int) number, 0, 1, 0, null, null);
    }

    private void end(long number, TaskEnd end, long at, long ran) {
        recent.ended(Event.AssignmentEnded.of(task(number), end, at, ran), at);
    }

    @Test
    void tasksRunUntilTheirOutcome() {
        recent.assigned(task(1), 100);
        recent.assigned(task(2), 200);
        assertThat(recent.running(10)).containsExactly(new RunningTask(7, 2, 200), new RunningTask(7, 1, 100));
        end(1, TaskEnd.FAILED, 300, 50);
        assertThat(recent.running(10)).containsExactly(new RunningTask(7, 2, 200));
    }

    @Test
    void tasksThatTheFleetHasTakenDoNotRunAlthoughNoOutcomeSaysSo() {
        LongStream.rangeClosed(1, 5).forEach(number -> recent.assigned(task(number), number));
        assertThat(recent.running(2)).extracting(RunningTask::taskIndex).containsExactly(5, 4);
    }

    @Test
    void onlyTheLatestAssignmentsAreKept() {
        LongStream.rangeClosed(1, RecentTasks.PLACES + 1).forEach(number -> recent.assigned(task(number), number));
        assertThat(recent.running(Integer.MAX_VALUE)).hasSize(RecentTasks.PLACES);
        end(1, TaskEnd.SUCCEEDED, 9, 9);
        assertThat(recent.running(Integer.MAX_VALUE)).hasSize(RecentTasks.PLACES);
        assertThat(recent.times()).isEmpty();
    }

    @Test
    void theLatestTimesOfTasksThatSucceededAreKept() {
        for (long number = 1; number <= RecentTasks.TIMES + 2; number++) {
            recent.assigned(task(number), 0);
            end(number, TaskEnd.SUCCEEDED, 1_000 * number, number);
        }
        recent.assigned(task(100), 0);
        end(100, TaskEnd.KILLED, 0, 77);
        recent.assigned(task(101), 0);
        end(101, TaskEnd.SUCCEEDED, 0, Event.AssignmentEnded.UNKNOWN);
        List<Long> times =
                LongStream.rangeClosed(3, RecentTasks.TIMES + 2).boxed().toList();
        assertThat(recent.times()).containsExactly(new StageTimes(GROUP, "", times));
        assertThat(recent.ended()).hasSize(RecentTasks.TIMES + 2);
        assertThat(recent.began().get(1)).isEqualTo(2_000 - 2);
    }

    @Test
    void aTimeLongerThanTheAssignmentIsOldDoesNotCount() {
        long now = 1_700_000_000_000L;
        for (long ran : List.of(now, Long.MAX_VALUE, 5_000 + RecentTasks.CLOCK_GAP + 1)) {
            recent.assigned(task(1), now - 5_000);
            end(1, TaskEnd.SUCCEEDED, now, ran);
        }
        assertThat(recent.times()).isEmpty();
        assertThat(recent.ended()).isEmpty();
        assertThat(recent.running(1)).isEmpty();
        recent.assigned(task(1), now - 5_000);
        end(1, TaskEnd.SUCCEEDED, now, 5_000 + RecentTasks.CLOCK_GAP);
        assertThat(recent.times()).hasSize(1);
    }

    @Test
    void moreValuesMayComeThanAnIntCounts() {
        LatestValues latest = new LatestValues(5, Integer.MAX_VALUE - 2L);
        LongStream.rangeClosed(1, 8).forEach(latest::add);
        assertThat(latest.all()).containsExactly(4L, 5L, 6L, 7L, 8L);
    }
}
