package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Kill;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KillsTest {
    private static final long JOB = 7;
    private static final long SESSION = 5;

    private final TestAssignments given = new TestAssignments(1, SESSION);
    private final TestAssignments newer = new TestAssignments(1, SESSION + 1);
    private final Kills kills = new Kills(3);

    @Test
    void O6_aKillOfAJobNamesItsTasksAndItsCommitTaskThatComeLater() {
        kills.add(kill(JOB, Kills.WHOLE_JOB, SESSION));
        assertThat(kills.naming(given.task(JOB, 0))).isPresent();
        assertThat(kills.naming(given.commit(JOB))).isPresent();
        assertThat(kills.naming(given.cleanup(JOB))).isEmpty();
        assertThat(kills.naming(given.task(JOB + 1, 0))).isEmpty();
        assertThat(kills.naming(newer.task(JOB, 0))).isEmpty();
    }

    @Test
    void aKillOfAnAssignmentNamesNoOther() {
        Assignment first = given.task(JOB, 0);
        Assignment cleanup = given.cleanup(JOB);
        kills.add(kill(JOB, first.id(), SESSION));
        assertThat(kills.naming(first)).isPresent();
        assertThat(kills.naming(cleanup)).isEmpty();
        kills.add(kill(JOB, cleanup.id(), SESSION));
        assertThat(kills.naming(cleanup)).isPresent();
        assertThat(kills.naming(given.task(JOB, 0))).isEmpty();
        assertThat(kills.naming(newer.task(JOB + 1, 0)))
                .as("the same id in another job")
                .isEmpty();
    }

    @Test
    void anOlderKillTakesNothingFromANewerOne() {
        Assignment task = given.task(JOB, 0);
        kills.add(kill(JOB, Kills.WHOLE_JOB, SESSION));
        kills.add(kill(JOB, Kills.WHOLE_JOB, SESSION - 1));
        kills.add(kill(JOB, task.id(), SESSION - 1));
        assertThat(kills.naming(task)).isPresent();
    }

    @Test
    void theOldestKillsAreForgottenButNotThoseReadAgainSince() {
        kills.add(kill(1, Kills.WHOLE_JOB, SESSION));
        kills.add(kill(2, Kills.WHOLE_JOB, SESSION));
        kills.add(kill(1, Kills.WHOLE_JOB, SESSION));
        kills.add(kill(3, Kills.WHOLE_JOB, SESSION));
        assertThat(kills.naming(given.task(1, 0))).isPresent();
        assertThat(kills.naming(given.task(2, 0))).isPresent();
        kills.add(kill(4, Kills.WHOLE_JOB, SESSION));
        assertThat(kills.naming(given.task(1, 0))).isPresent();
        assertThat(kills.naming(given.task(2, 0))).isEmpty();
        assertThat(kills.naming(given.task(3, 0))).isPresent();
        assertThat(kills.naming(given.task(4, 0))).isPresent();
    }

    @Test
    void G4_aKillOfSomeTasksNamesNoOthers() {
        kills.add(range(10, 5));
        assertThat(IntStream.range(8, 17).filter(task -> isKilled(given.task(JOB, task))))
                .containsExactly(10, 11, 12, 13, 14);
        assertThat(kills.naming(given.commit(JOB))).isEmpty();
        assertThat(kills.naming(given.cleanup(JOB))).isEmpty();
        assertThat(kills.naming(given.task(JOB + 1, 10))).isEmpty();
        assertThat(kills.naming(newer.task(JOB, 10))).isEmpty();
        kills.add(kill(JOB, Kills.WHOLE_JOB, SESSION));
        assertThat(kills.naming(given.task(JOB, 8))).isPresent();
    }

    @Test
    void G4_aKillOfSomeTasksDoesNotNameTheirLaterAttempts() {
        Assignment before = given.task(JOB, 10);
        kills.add(new Kill(JOB, Kills.SOME_TASKS, SESSION, "", "", before.id(), 10, 1));
        assertThat(kills.naming(before)).isPresent();
        assertThat(kills.naming(given.task(JOB, 10))).isEmpty();
    }

    @Test
    void rangesThatMakeNoSenseNameNothing() {
        kills.add(range(-1, 5));
        kills.add(range(3, 0));
        kills.add(range(3, -7));
        assertThat(IntStream.range(0, 9).filter(task -> isKilled(given.task(JOB, task))))
                .isEmpty();
        kills.add(range(Integer.MAX_VALUE - 1, Integer.MAX_VALUE));
        assertThat(kills.naming(given.task(JOB, Integer.MAX_VALUE))).isPresent();
    }

    @Test
    void theOldestRangesAreForgotten() {
        kills.add(range(0, 10));
        kills.add(range(5, 10));
        kills.add(range(5, 10));
        kills.add(range(20, 1));
        assertThat(IntStream.range(0, 22).filter(task -> isKilled(given.task(JOB, task))))
                .containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 20);
        kills.add(range(20, 1));
        kills.add(kill(1, Kills.WHOLE_JOB, SESSION));
        assertThat(IntStream.range(0, 22).filter(task -> isKilled(given.task(JOB, task))))
                .containsExactly(20);
    }

    @Test
    void ofManyRangesTheNewestOfTheNewestSessionCounts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            KilledTasks tasks = new KilledTasks();
            Kill[] expected = new Kill[40];
            for (int i = 0; i < 12; i++) {
                int first = random.nextInt(30);
                int count = 1 + random.nextInt(10);
                long session = random.nextInt(3);
                Kill kill = new Kill(JOB, Kills.SOME_TASKS, session, "kill " + i, "", Kills.NO_BOUND, first, count);
                tasks.add(kill);
                for (int task = first; task < first + count; task++) {
                    if (expected[task] == null || expected[task].getSessionId() <= session) {
                        expected[task] = kill;
                    }
                }
                for (int task = 0; task < expected.length; task++) {
                    assertThat(tasks.naming(task).orElse(null))
                            .as("seed %d, round %d, kill %d, task %d", seed, round, i, task)
                            .isSameAs(expected[task]);
                }
            }
            for (Kill kill : new HashSet<>(Arrays.asList(expected))) {
                if (kill != null) {
                    tasks.remove(kill);
                }
            }
            assertThat(tasks.remove(new Kill(JOB, Kills.SOME_TASKS, 0L, "", "", Kills.NO_BOUND, 0, 40)))
                    .as("nothing is left; seed %d, round %d", seed, round)
                    .isTrue();
        }
    }

    private boolean isKilled(Assignment assignment) {
        return kills.naming(assignment).isPresent();
    }

    private static Kill range(int first, int tasks) {
        return new Kill(JOB, Kills.SOME_TASKS, SESSION, "reason", "by", Kills.NO_BOUND, first, tasks);
    }

    @Test
    void itRemembersAHundredThousandWithShortTexts() {
        var many = new Kills();
        for (long job = 0; job <= 100_000; job++) {
            many.add(kill(job, Kills.WHOLE_JOB, SESSION));
        }
        assertThat(many.naming(given.task(0, 0))).isEmpty();
        assertThat(many.naming(given.task(1, 0))).isPresent();
        many.add(new Kill(1L, Kills.WHOLE_JOB, SESSION, "r".repeat(1000), "b".repeat(1000), Kills.NO_BOUND, -1, 0));
        Kill shortened = many.naming(given.task(1, 0)).orElseThrow();
        assertThat(shortened.getReason()).isEqualTo("r".repeat(200) + "…");
        assertThat(shortened.getBy()).isEqualTo("b".repeat(200) + "…");
    }

    @Test
    void aKillDoesNotNameAssignmentsThatWereMadeAfterIt() {
        Assignment before = given.task(1, 0);
        kills.add(new Kill(1L, Kills.WHOLE_JOB, SESSION, "", "", before.id(), -1, 0));
        assertThat(kills.naming(before)).isPresent();
        assertThat(kills.naming(given.task(1, 1))).isEmpty();
    }

    private static Kill kill(long job, long assignment, long session) {
        return new Kill(job, assignment, session, "reason", "by", -1L, -1, 0);
    }
}
