package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of one call is bounded, however large the state is. */
class CallBoundsTest {
    private static final int MANY = 30_000;
    /** The most storage operations of a call about one job. */
    private static final int HANDFUL = 40;
    /** The most storage operations of a tick without a budget, which lifts, forgets and deletes a thousand at most. */
    private static final int MOST_OF_TICK = 25_000;

    private static final long NOW = 1_700_000_000_000L;

    private final HeapStorage storage = new HeapStorage();
    private final DecisionLog log = new DecisionLog();
    private long now = NOW;

    private LoggedScheduler open(Policy policy) {
        return new LoggedScheduler(policy, storage, 0, log);
    }

    private LoggedScheduler open(int activeJobs) {
        return open(CoreFixture.policy(activeJobs, Fairness.JOB));
    }

    private static void end(LoggedScheduler scheduler, long job) {
        scheduler.cleanup(0, job, 0, false, NOW, null);
        scheduler.flush();
    }

    private static void ready(LoggedScheduler scheduler, long job, int... indices) {
        scheduler.ready(0, job, 0, indices, 0, NOW);
        scheduler.flush();
    }

    private long operationsOfTick(LoggedScheduler scheduler, int budget) {
        storage.takeOperations();
        scheduler.tick(now, budget);
        scheduler.flush();
        return storage.takeOperations();
    }

    private static int[] sparse(int count) {
        return new Random(7).ints(0, Integer.MAX_VALUE).distinct().limit(count).toArray();
    }

    @Test
    void S7_manyAttemptsOfATaskCostNoMoreThanOne() {
        LoggedScheduler scheduler = open(16);
        for (int attempt = 0; attempt < 170_000; attempt++) {
            scheduler.ready(1, 1, 0, new int[] {4}, attempt, NOW);
            if (attempt % 100 == 0) {
                scheduler.tick(NOW, 100);
                scheduler.flush();
            }
        }
        scheduler.tick(NOW, 100);
        scheduler.flush();

        assertThat(storage.longestPut()).isLessThan(1_000);
        assertThat(storage.largestValue()).isLessThan(100);
        assertThat(log.assignments()).hasSize(170_000);
    }

    @Test
    void eventOfManyTasksInRandomOrderWritesEachPageOnce() {
        LoggedScheduler scheduler = open(16);
        int[] indices = RandomOrder.of(new Random(1), 330_000);

        ready(scheduler, 1, indices);

        assertThat(storage.takeOperations()).isLessThan(330_000 / 100);
        assertThat(storage.takeBytesPut()).isLessThan(6L * 330_000);
        assertThat(storage.longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
    }

    /** No two indices are near each other, and as many were seen before. */
    @Test
    void eventOfManyTasksFarApartWritesEachPageOnce() {
        LoggedScheduler scheduler = open(16);
        int[] indices = sparse(330_000);
        ready(scheduler, 1, Arrays.copyOfRange(indices, 0, 165_000));
        storage.takeOperations();
        storage.takeBytesPut();

        ready(scheduler, 1, Arrays.copyOfRange(indices, 165_000, 330_000));

        assertThat(storage.takeOperations()).isLessThan(165_000 / 4);
        assertThat(storage.takeBytesPut()).isLessThan(20L * 165_000);
        assertThat(storage.longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void tasksFarApartCostFewBytesEach(int atOnce) {
        LoggedScheduler scheduler = open(16);
        int[] indices = sparse(300_000);
        for (int from = 0; from < indices.length; from += atOnce) {
            scheduler.ready(1, 1, 0, Arrays.copyOfRange(indices, from, from + atOnce), 0, NOW);
            scheduler.tick(NOW, atOnce);
        }
        scheduler.flush();

        assertThat(scheduler.backlog()).isZero();
        assertThat(storage.bytes()).isLessThan(6L * indices.length);
        assertThat(storage.longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
    }

    @Test
    void S7_tickPassesOverEndedJobsBetweenTwoThatLive() {
        LoggedScheduler scheduler =
                open(new Policy(1_024, 1, 1, Duration.ofHours(1), Duration.ofHours(1), Fairness.JOB));

        assertThat(mostOperationsBesideEndedJobs(scheduler, 400)).isLessThan(MOST_OF_TICK);
        assertThat(scheduler.finalizingJobs()).isZero();
        assertThat(scheduler.tick(now, 10)).isEqualTo(4);
    }

    @Test
    void S7_endedJobsCostNothingWhenTheirMemoriesWouldHaveExpired() {
        LoggedScheduler scheduler =
                open(new Policy(1_024, 1, 1, Duration.ofDays(9), Duration.ofHours(1), Fairness.JOB));

        assertThat(mostOperationsBesideEndedJobs(scheduler, 300)).isLessThan(HANDFUL);
    }

    @Test
    void S7_silentJobsAreExaminedInPortions() {
        Duration hour = Duration.ofHours(1);
        LoggedScheduler scheduler = open(new Policy(1_024, 1, 1, hour, hour, Fairness.JOB));
        for (long job = 0; job < MANY; job++) {
            ready(scheduler, job, 0);
        }
        long most = 0;
        for (int tick = 0; tick < 300; tick++) {
            now += 15_000;
            most = Math.max(most, operationsOfTick(scheduler, 0));
        }
        assertThat(most).isBetween(1_000L, (long) MOST_OF_TICK);
    }

    /** The operations of the costliest tick, 15 s apart, while one older and one younger job live beside many that ended. */
    private long mostOperationsBesideEndedJobs(LoggedScheduler scheduler, int ticks) {
        ready(scheduler, -1, 0, 1);
        for (long job = 0; job < MANY; job++) {
            ready(scheduler, job, 0);
            end(scheduler, job);
        }
        ready(scheduler, -2, 0, 1);
        long most = 0;
        for (int tick = 0; tick < ticks; tick++) {
            now += 15_000;
            most = Math.max(most, operationsOfTick(scheduler, 0));
        }
        return most;
    }

    @Test
    void S5_cancelledMiddleOfTheQueueIsPassedOverAtOnce() {
        LoggedScheduler scheduler = open(1);
        for (long job = 0; job < MANY; job++) {
            ready(scheduler, job, 0);
        }
        for (long job = 2; job < MANY - 1; job++) {
            storage.takeOperations();
            end(scheduler, job);
            assertThat(storage.takeOperations()).isLessThan(HANDFUL);
        }

        assertThat(operationsOfTick(scheduler, 10)).isLessThan(2 * HANDFUL);
        assertThat(log.assignments()).extracting(DispatchedTask::job).containsExactly(0L, 1L, MANY - 1L);
    }

    @Test
    void S8_commitsThatWereDroppedArePassedOverAtOnce() {
        LoggedScheduler scheduler = open(1);
        for (long job = 0; job < MANY; job++) {
            scheduler.commit(0, job, 0, NOW, null);
        }
        scheduler.flush();
        for (long job = 1; job < MANY - 1; job++) {
            end(scheduler, job);
        }
        assertThat(operationsOfTick(scheduler, 10)).isLessThan(2 * HANDFUL);
        assertThat(log.assignments()).extracting(DispatchedTask::job).containsExactly(0L, MANY - 1L);
    }

    /** The scheduler is opened anew meanwhile, and the job comes back in the same session. */
    @Test
    void S8_pagesOfAJobThatEndsAreDeletedInPortionsAndNeverReadAgain() {
        Duration second = Duration.ofSeconds(1);
        Policy policy = new Policy(16, 1, 1, second, Duration.ofHours(1), Fairness.JOB, second, second);
        LoggedScheduler scheduler = open(policy);
        int[] indices = IntStream.range(0, 262_144).map(i -> 8_192 * i + 77).toArray();
        for (int i = indices.length; i > 1; ) {
            int other = (int) (i * 7_919L % i--);
            int index = indices[other];
            indices[other] = indices[i];
            indices[i] = index;
        }
        ready(scheduler, 1, indices);
        storage.takeOperations();

        scheduler.commit(0, 1, 0, NOW, null);
        scheduler.flush();

        assertThat(storage.takeOperations()).isLessThan(HANDFUL);
        assertThat(storage.size()).isGreaterThan(3_000);
        now += 1_000;
        operationsOfTick(scheduler, 1);
        int left = storage.size();
        for (int tick = 0; tick < 20; tick++) {
            now += 1_000;
            assertThat(operationsOfTick(scheduler, 0)).isLessThan(1_300);
            assertThat(storage.size()).isGreaterThanOrEqualTo(left - 1_010);
            scheduler = open(policy);
            if (tick == 1) {
                assertThat(storage.size()).isGreaterThan(300);
                assertThat(scheduler.finalizingJobs()).isZero();
                ready(scheduler, 1, Arrays.copyOf(indices, 50_000));
                scheduler = open(policy);
                ready(scheduler, 1, Arrays.copyOf(indices, 50_000));
                assertThat(scheduler.backlog()).isEqualTo(50_000);
            }
            left = storage.size();
        }
        assertThat(scheduler.tick(now, 60_000)).isEqualTo(50_000);
        assertThat(log.assignments().subList(1, 50_001))
                .extracting(DispatchedTask::taskIndex)
                .containsExactlyElementsOf(
                        Arrays.stream(indices, 0, 50_000).boxed().toList());
        end(scheduler, 1);
        for (int tick = 0; tick < 40; tick++) {
            now += 1_000;
            operationsOfTick(scheduler, 0);
        }
        assertThat(storage.keys()).containsExactly(Keys.ledger());
    }

    @Test
    void S11_newSessionAfterLongQueuesTakesAHandful() {
        LoggedScheduler scheduler = open(16);
        for (long job = 0; job < 5_000; job++) {
            ready(scheduler, job, 0, 5, 3, 9);
        }
        storage.takeOperations();

        scheduler.ready(0, 1, 1, new int[] {1}, 0, NOW);
        scheduler.flush();

        assertThat(storage.takeOperations()).isLessThan(HANDFUL);
        assertThat(operationsOfTick(scheduler, 1)).isLessThan(1_000 + HANDFUL);
    }
}
