package io.yardmaster.topology.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommitPacerTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final long MILLI = 1_000_000;

    private long now = 7;
    private final CommitPacer pacer = new CommitPacer(INTERVAL, () -> now);

    @Test
    void nothingIsCommittedIfThereIsNothing() {
        pacer.written(0);
        now += 1_000 * MILLI;
        assertThat(pacer.isDue()).isFalse();
        assertThat(pacer.wait(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void recordsThatSomebodyWaitsForAreCommittedAtOnceAndOthersByTheInterval() {
        now += 2 * MILLI;
        pacer.work(1);
        pacer.open();
        assertThat(pacer.isDue()).isFalse();
        assertThat(pacer.wait(Duration.ofMillis(5))).isEqualTo(CommitPacer.SHORTEST_POLL);
        assertThat(pacer.wait(Duration.ZERO)).isZero();
        pacer.written(1);
        assertThat(pacer.isDue()).isTrue();
        assertThat(pacer.isDue()).as("until it has ended").isFalse();
        commit(0);

        pacer.open();
        now += 19 * MILLI;
        assertThat(pacer.isDue()).isFalse();
        now += MILLI;
        assertThat(pacer.isDue()).isTrue();
    }

    @Test
    void aPauseOfHalfTheTimeOfTheShorterOfTwoCommitsFollowsThem() {
        assertThat(pauseAfter(16)).as("a long commit alone").isEqualTo(2 * MILLI);
        assertThat(pauseAfter(22)).isEqualTo(8 * MILLI);
        assertThat(pauseAfter(40)).isEqualTo(11 * MILLI);
        assertThat(pauseAfter(1)).isEqualTo(2 * MILLI);
    }

    @Test
    void aBusyTransactionForManyHostsLastsLongerWithinBounds() {
        assertThat(timeOfBusyOne(3)).isEqualTo(20 * MILLI);
        assertThat(timeOfBusyOne(4)).isEqualTo(40 * MILLI);
        assertThat(timeOfBusyOne(1_500)).isEqualTo(CommitPacer.LONGEST_MS * MILLI);
        assertThat(timeOfBusyOne(0)).as("the next one").isEqualTo(20 * MILLI);

        pacer.open();
        pacer.written(1);
        pacer.reaches(1_500);
        now += 2 * MILLI;
        assertThat(pacer.isDue()).as("if there is little to do").isTrue();

        pacer.ended();
        pacer.urgent(1);
        assertThat(timeOfBusyOne(1_500)).as("with a kill").isEqualTo(20 * MILLI);
        assertThat(timeOfBusyOne(1_500)).as("the one after that").isEqualTo(60 * MILLI);

        CommitPacer slow = new CommitPacer(Duration.ofMillis(400), () -> now);
        slow.open();
        slow.reaches(1_500);
        now += 400 * MILLI;
        assertThat(slow.isDue()).as("a long interval stays as it is").isTrue();
    }

    private long timeOfBusyOne(int partitions) {
        long begun = now;
        pacer.open();
        pacer.work(CommitPacer.FEW);
        pacer.written(1);
        for (int i = 0; i < partitions; i++) {
            pacer.reaches(1);
        }
        while (!pacer.isDue()) {
            now += MILLI;
        }
        long lasted = now - begun;
        commit(0);
        return lasted;
    }

    /** The time until the next commit after one that took so many milliseconds. */
    private long pauseAfter(long millis) {
        now += 20 * MILLI;
        pacer.open();
        assertThat(pacer.isDue()).isTrue();
        commit(millis * MILLI);
        pacer.open();
        pacer.written(1);
        long ended = now;
        while (!pacer.isDue()) {
            now += MILLI / 2;
        }
        return now - ended;
    }

    @Test
    void aCommitThatComesToNothingIsRepeatedAfterAnInterval() {
        pacer.open();
        now += 20 * MILLI;
        assertThat(pacer.isDue()).isTrue();
        now += 19 * MILLI;
        assertThat(pacer.isDue()).isFalse();
        now += MILLI;
        assertThat(pacer.isDue()).isTrue();
    }

    @Test
    void thereAreNeverMoreThanTenCommitsInAnIntervalNorOneBeforeItIfThereIsMuchToDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> commits = new ArrayList<>();
        long last = now;
        int work = 0;
        for (int step = 0; step < 200_000; step++) {
            now += random.nextInt((int) MILLI);
            int read = random.nextInt(50) == 0 ? random.nextInt(200) : random.nextInt(2);
            pacer.work(read);
            pacer.written(read);
            pacer.open();
            work += 2 * read;
            if (pacer.isDue()) {
                if (now - last < INTERVAL.toNanos()) {
                    assertThat(work).as("seed %s, step %s", seed, step).isLessThan(CommitPacer.FEW);
                }
                commits.add(now);
                commit(random.nextInt((int) MILLI));
                last = now;
                work = 0;
            }
        }
        for (int i = 10; i < commits.size(); i++) {
            assertThat(commits.get(i) - commits.get(i - 10))
                    .as("seed %s, commit %s", seed, i)
                    .isGreaterThanOrEqualTo(INTERVAL.toNanos());
        }
        assertThat(commits.size()).as("early ones").isGreaterThan((int) (now / INTERVAL.toNanos()) + 100);
    }

    @Test
    void itIsKnownWhileACommitStoresChangesAlsoIfThatFails() {
        assertThat(pacer.isStoring()).isFalse();
        assertThatThrownBy(() -> pacer.storing(() -> {
                    assertThat(pacer.isStoring()).isTrue();
                    throw new IllegalStateException("full");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");
        assertThat(pacer.isStoring()).isFalse();
    }

    private void commit(long took) {
        now += took;
        pacer.ended();
    }
}
