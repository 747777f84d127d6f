package io.yardmaster.core;

import static io.yardmaster.core.CoreFixture.jobs;
import static io.yardmaster.core.CoreFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Fairness;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceGroupRulesTest {

    private static CoreFixture byGroup(int activeJobs) {
        return new CoreFixture(policy(activeJobs, Fairness.RESOURCE_GROUP));
    }

    @Test
    void S15_groupsTakeTurnsAndInsideThemTheirJobs() {
        CoreFixture core = byGroup(10).group(1, "A0", "A1", "A2").group(2, "B0", "B1");
        for (String job : List.of("A0", "A1", "A2", "B0", "B1")) {
            core.ready(job, 0, 1);
        }

        assertThat(core.drain(1))
                .containsExactly("A0.0", "B0.0", "A1.0", "B1.0", "A2.0", "B0.1", "A0.1", "B1.1", "A1.1", "A2.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 2_000})
    void S15_groupWithAThousandJobsGetsNoMoreThanAGroupWithOne(int activeJobs) {
        CoreFixture core = byGroup(activeJobs);
        jobs(0, 1_000).forEach(job -> core.group(1, job).ready(job, 0));
        core.group(2, "B").ready("B", IntStream.range(0, 100).toArray());

        List<String> offered = core.tick(200);

        assertThat(offered).filteredOn(task -> task.startsWith("B")).hasSize(100);
        for (int i = 0; i < 200; i += 2) {
            assertThat(offered.subList(0, i))
                    .filteredOn(task -> task.startsWith("B"))
                    .hasSize(i / 2);
        }
    }

    @Test
    void S15_jobsThatMakeRoomKeepTheirPlaceInTheQueue() {
        CoreFixture core = byGroup(3);
        jobs(0, 5).forEach(job -> core.group(1, job).ready(job, 0));
        core.group(2, "B").ready("B", 0).group(3, "C").ready("C", 0);
        assertThat(core.scheduler().activeJobs()).isEqualTo(3);
        assertThat(core.scheduler().pendingJobs()).isEqualTo(4);

        assertThat(core.restart().drain(1)).containsExactly("J0.0", "B.0", "C.0", "J1.0", "J2.0", "J3.0", "J4.0");
    }

    @Test
    void S15_groupsWithoutAPlaceComeBeforeThoseThatHaveSome() {
        CoreFixture core = byGroup(2).group(1, "A0", "A1", "A2").group(2, "B").group(3, "C");
        core.ready("A0", 0, 1).ready("B", 0).ready("A1", 0).ready("A2", 0).ready("C", 0);

        assertThat(core.drain(1)).containsExactly("A0.0", "B.0", "A0.1", "C.0", "A1.0", "A2.0");
    }

    @Test
    void S15_groupThatComesBackDuringACycleHasOneTurnInIt() {
        CoreFixture core = byGroup(100).group(1, "A").group(2, "B").group(3, "C0", "C1", "C2", "C3", "C4");
        core.ready("C0", 0).ready("A", 0, 1, 2).ready("B", 0, 1, 2);
        assertThat(core.tick(1)).containsExactly("C0.0");

        core.end("C0").ready("C1", 0);
        assertThat(core.tick(1)).containsExactly("A.0");
        core.end("C1").ready("C2", 0);

        assertThat(core.tick(4)).containsExactly("B.0", "A.1", "B.1", "C2.0");
    }

    @Test
    void S15_jobThatJoinsItsGroupDoesNotKeepTheOthersFromTheirTurn() {
        CoreFixture core = byGroup(2).group(1, "long", "s0", "s1", "s2", "s3");
        core.ready("long", 0, 1, 2, 3).ready("s0", 0);
        assertThat(core.tick(2)).containsExactly("long.0", "s0.0");
        core.end("s0").ready("s1", 0);
        assertThat(core.tick(2)).containsExactly("long.1", "s1.0");
        core.end("s1").ready("s2", 0);
        assertThat(core.tick(2)).containsExactly("long.2", "s2.0");
    }

    @Test
    void S15_emptyJobCostsItsGroupNoTurn() {
        CoreFixture core = byGroup(10).group(1, "A0", "A1").group(2, "B");
        core.ready("A0", 0).ready("A1", 0, 1, 2).ready("B", 0, 1, 2, 3);

        assertThat(core.drain(1)).containsExactly("A0.0", "B.0", "A1.0", "B.1", "A1.1", "B.2", "A1.2", "B.3");
    }

    @Test
    void S15_cursorsOfAllGroupsSurviveRestarts() {
        CoreFixture core = byGroup(7);
        CoreFixture restarted = byGroup(7);
        for (CoreFixture each : List.of(core, restarted)) {
            for (int i = 0; i < 12; i++) {
                each.group(i % 4, "J" + i).ready("J" + i, 0, 1, 2);
            }
        }
        for (int i = 0; i < 36; i++) {
            assertThat(restarted.restart().tick(1)).hasSize(1).isEqualTo(core.tick(1));
        }
    }

    @Test
    void S15_groupsAreForgottenWithTheirLastJob() {
        CoreFixture core = byGroup(2);
        for (int i = 0; i < 20; i++) {
            core.group(i, "J" + i).ready("J" + i, 0).end("J" + i);
        }

        assertThat(core.storage().keys()).noneMatch(key -> key.length > 8 && key[8] == 'G');
    }

    @Test
    void S16_groupOfWeightOneQuarterHasATurnInEveryFourthCycle() {
        CoreFixture core = byGroup(10).group(1, "A").group(2, "B");
        core.ready("A", IntStream.range(0, 100).toArray());
        core.ready("B", IntStream.range(0, 100).toArray());
        core.weigh(Map.of(2L, 0.25)).tick(0);
        assertThat(core.scheduler().turnsPerCycle()).isEqualTo(1.25);

        assertThat(core.tick(10)).containsExactly("A.0", "A.1", "A.2", "A.3", "B.0", "A.4", "A.5", "A.6", "A.7", "B.1");
    }

    @Test
    void S16_groupsOfSmallWeightGoOnWhenTheOthersHaveLeft() {
        CoreFixture core = byGroup(1).group(1, "A");
        core.ready("A", IntStream.range(0, 100).toArray());
        core.weigh(Map.of(1L, 1e-9));

        assertThat(core.tick(100)).hasSize(100);
    }
}
