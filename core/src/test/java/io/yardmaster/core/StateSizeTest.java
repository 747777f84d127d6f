package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Fairness;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateSizeTest {
    private static final int MILLION = 1_000_000;
    private static final long NOW = 1_700_000_000_000L;

    private final HeapStorage storage = new HeapStorage();
    private final DecisionLog log = new DecisionLog();

    private LoggedScheduler open(int activeJobs) {
        return new LoggedScheduler(CoreFixture.policy(activeJobs, Fairness.JOB), storage, 0, log);
    }

    private static void ready(LoggedScheduler scheduler, long job, int[] indices, long readyAt) {
        scheduler.ready(1, job, 0, indices, 0, readyAt);
        scheduler.flush();
    }

    @Test
    void millionTasksInOneEventAreAFewBytes() {
        LoggedScheduler scheduler = open(16);

        ready(scheduler, 1, IntStream.range(0, MILLION).toArray(), NOW);

        assertThat(storage.largestValue()).isLessThan(100);
        assertThat(storage.bytes()).isLessThan(400);
        assertThat(scheduler.backlog()).isEqualTo(MILLION);
    }

    @Test
    void millionTasksInTenThousandEventsAreAFewHundredBytes() {
        LoggedScheduler scheduler = open(16);
        for (int event = 0; event < 10_000; event++) {
            int first = event * 100;
            ready(scheduler, 1, IntStream.range(first, first + 100).toArray(), NOW + 7L * event);
        }

        assertThat(storage.bytes()).isLessThan(900);
    }

    @Test
    void millionEventsOfOneTaskOverAnHourAreAFewHundredBytes() {
        LoggedScheduler scheduler = open(16);
        for (int index = 0; index < MILLION; index++) {
            ready(scheduler, 1, new int[] {index}, NOW + index * 36L / 10);
        }

        assertThat(storage.bytes()).isLessThan(900);
    }

    @Test
    void millionTasksInRandomOrderAreLessThanTwelveBytesEachInSmallValues() {
        LoggedScheduler scheduler = open(16);
        int[] order = RandomOrder.of(new Random(42), MILLION);
        for (int from = 0; from < MILLION; from += 1_000) {
            ready(scheduler, 1, Arrays.copyOfRange(order, from, from + 1_000), NOW + from);
            if (from % 50_000 == 0) {
                assertThat(storage.largestValue()).isLessThanOrEqualTo(4_096);
            }
        }

        assertThat(storage.bytes()).isLessThan(12L * MILLION);
        assertThat(storage.largestValue()).isLessThanOrEqualTo(4_096);

        storage.takeReads();
        LoggedScheduler reopened = open(16);
        assertThat(storage.takeReads()).isLessThan(10);
        assertThat(reopened.tick(NOW, 10)).isEqualTo(10);
        assertThat(log.assignments())
                .extracting(DispatchedTask::taskIndex)
                .containsExactlyElementsOf(Arrays.stream(order, 0, 10).boxed().toList());
    }

    @Test
    void hundredThousandActiveJobsFitInAFewTensOfMegabytes() {
        int jobs = 100_000;
        long before = usedHeap();
        fill(jobs, jobs);
        long storageHeap = usedHeap() - before;

        storage.takeReads();
        LoggedScheduler reopened = open(jobs);
        assertThat(storage.takeReads()).isLessThan(2 * jobs + 100);
        long retained = usedHeap() - before - storageHeap;
        assertThat(retained).isLessThan(80L << 20);
        assertThat(reopened.activeJobs()).isEqualTo(jobs);
        assertThat(storage.bytes()).isLessThan(jobs * 200L);
    }

    /** Has a scheduler store jobs with a few tasks each. */
    private void fill(int activeJobs, int jobs) {
        LoggedScheduler scheduler = open(activeJobs);
        for (long job = 0; job < jobs; job++) {
            scheduler.ready(job % 10, job, 0, new int[] {0, 1, 2, 3}, 0, NOW);
            if (job % 100 == 0) {
                scheduler.flush();
            }
        }
        scheduler.flush();
    }

    @Test
    void openingReadsTheActiveJobsHoweverManyWait() {
        fill(50, 20_000);
        storage.takeReads();
        LoggedScheduler reopened = open(50);

        assertThat(storage.takeReads()).isLessThan(2 * 50 + 2 * 10 + 10);
        assertThat(reopened.pendingJobs()).isEqualTo(20_000 - 50);
    }

    @ParameterizedTest
    @EnumSource(Fairness.class)
    void groupsAreForgottenWithTheirLastActiveOrPendingJob(Fairness fairness) {
        LoggedScheduler scheduler = new LoggedScheduler(CoreFixture.policy(16, fairness), storage, 0, log);
        for (long group = 0; group < 20_000; group++) {
            scheduler.ready(group, group, 0, new int[] {0}, 0, NOW);
            scheduler.flush();
            if (group % 100 == 0) {
                scheduler.tick(NOW, 200);
                // Up to 16 jobs without tasks stay active until their next turn.
                scheduler.flush();
                assertThat(scheduler.view().keptGroups()).isLessThanOrEqualTo(16);
            }
        }
        assertThat(scheduler.view().keptGroups()).isLessThanOrEqualTo(100 + 16);
    }

    @Test
    void idleTicksWriteOnceASecondAtMost() {
        LoggedScheduler scheduler = open(16);
        ready(scheduler, 1, new int[] {0}, NOW);
        scheduler.tick(NOW, 10);
        scheduler.flush();
        storage.takeWrites();
        for (int tick = 1; tick <= 2_000; tick++) {
            scheduler.tick(NOW + 5L * tick, 10);
            scheduler.flush();
        }

        assertThat(storage.takeWrites()).isLessThanOrEqualTo(10);
    }

    @Test
    void tickWritesEachTouchedJobOnce() {
        LoggedScheduler scheduler = open(16);
        for (long job = 0; job < 10; job++) {
            ready(scheduler, job, IntStream.range(0, 1_000).toArray(), NOW);
        }
        storage.takeWrites();

        scheduler.tick(NOW, 5_000);
        scheduler.flush();

        assertThat(storage.takeWrites()).isLessThanOrEqualTo(10 + 1);
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
