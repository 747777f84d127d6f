package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Kill;
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
