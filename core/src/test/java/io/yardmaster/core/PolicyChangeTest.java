package io.yardmaster.core;

import static io.yardmaster.core.CoreFixture.jobs;
import static io.yardmaster.core.CoreFixture.policy;
import static io.yardmaster.core.CoreFixture.rotation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyChangeTest {

    @ParameterizedTest
    @EnumSource
    void S4_smallerPoolPutsTheNewestJobsBackToTheHeadOfTheQueue(Fairness fairness) {
        CoreFixture core = new CoreFixture(policy(4, fairness)).readyInRounds(jobs(0, 6), 2, 100);

        core.restart(policy(2, fairness));

        assertThat(core.scheduler().activeJobs()).isEqualTo(2);
        assertThat(core.scheduler().pendingJobs()).isEqualTo(4);
        List<String> expected = new ArrayList<>(rotation(jobs(0, 2), 2));
        expected.addAll(rotation(jobs(2, 4), 2));
        expected.addAll(rotation(jobs(4, 6), 2));
        assertThat(core.restart().drain(1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void S4_smallerPoolDropsEmptyJobs(Fairness fairness) {
        CoreFixture core = new CoreFixture(policy(4, fairness)).readyInRounds(jobs(0, 4), 1, 100);
        core.drain();

        core.restart(policy(1, fairness)).ready("X", 0);

        assertThat(core.scheduler().activeJobs()).isEqualTo(1);
        assertThat(core.drain()).containsExactly("X.0");
    }

    @ParameterizedTest
    @EnumSource
    void S4_biggerPoolTakesTheOldestPendingJobs(Fairness fairness) {
        CoreFixture core = new CoreFixture(policy(2, fairness)).readyInRounds(jobs(0, 6), 2, 100);
        assertThat(core.tick(1)).containsExactly("J0.0");

        core.restart(policy(5, fairness));

        assertThat(core.scheduler().activeJobs()).isEqualTo(5);
        assertThat(core.scheduler().pendingJobs()).isEqualTo(1);
        assertThat(core.drain(1)).contains("J5.0", "J5.1").hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void S15_changeToGroupsGivesEveryGroupAPlace() {
        CoreFixture core = new CoreFixture(policy(3, Fairness.JOB));
        for (int i = 0; i < 6; i++) {
            core.group(1, "A" + i).ready("A" + i, 0, 1);
        }
        core.group(2, "B").ready("B", 0, 1).group(3, "C").ready("C", 0, 1);
        assertThat(core.tick(2)).containsExactly("A0.0", "A1.0");

        core.restart(policy(3, Fairness.RESOURCE_GROUP));

        assertThat(core.scheduler().activeJobs()).isEqualTo(3);
        List<String> offered = core.drain(1);
        assertThat(offered).hasSize(14).doesNotHaveDuplicates();
        assertThat(offered.subList(0, 8)).contains("B.0", "B.1", "C.0", "C.1");
    }

    @Test
    void S15_changeToJobsAndBackLosesNothing() {
        CoreFixture core = new CoreFixture(policy(3, Fairness.RESOURCE_GROUP));
        for (int i = 0; i < 9; i++) {
            core.group(i % 4, "J" + i).ready("J" + i, 0, 1, 2);
        }
        List<String> offered = new ArrayList<>();
        for (int i = 0; i < 27; i++) {
            offered.addAll(core.tick(1));
            core.restart(policy(2 + i % 3, i % 2 == 0 ? Fairness.JOB : Fairness.RESOURCE_GROUP));
        }

        assertThat(offered).hasSize(27).doesNotHaveDuplicates();
        for (String job : jobs(0, 9)) {
            assertThat(offered)
                    .filteredOn(task -> task.startsWith(job))
                    .containsExactly(job + ".0", job + ".1", job + ".2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, 1, active jobs",
        "-5, 1, 1, 1, 1, active jobs",
        "1, 0, 1, 1, 1, commit tasks per cycle",
        "1, 1, -1, 1, 1, cleanup tasks per cycle",
        "1, 1, 1, 0, 1, finalizing expiry",
        "1, 1, 1, 1, -1, dedup expiry"
    })
    void policyThatMakesNoSenseCannotExist(
            int active, int commits, int cleanups, long finalizing, long dedup, String name) {
        assertThatThrownBy(() -> new Policy(
                        active,
                        commits,
                        cleanups,
                        Duration.ofMillis(finalizing),
                        Duration.ofMillis(dedup),
                        Fairness.JOB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must be positive, not ");
    }
}
