package io.yardmaster.replay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.yardmaster.replay.ModelFleet.TaskDurations;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.DaySide;
import io.yardmaster.replay.report.ReplayCsv;
import io.yardmaster.replay.report.ReplayJson;
import io.yardmaster.replay.report.ReplayPage;
import io.yardmaster.replay.report.ReplayTable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayRulesTest {
    private static final List<ReplayPolicy> POLICIES =
            List.of(Policies.FIFO, Policies.JOBS, Policies.GROUPS, Policies.weighted(Map.of(1L, 3.0, 2L, 0.5)));

    @ParameterizedTest
    @EnumSource
    void R1_sameDayPolicySeedAndFleetGiveTheSameOutput(TaskDurations durations) {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        ModelFleet fleet = new ModelFleet(37, durations, seed, 1_000);

        Comparison first = Replay.of(SketchedDay.random(seed, 500).day(), fleet, POLICIES);
        Comparison second = Replay.of(SketchedDay.random(seed, 500).day(), fleet, POLICIES);

        assertThat(ReplayJson.of(second)).isEqualTo(ReplayJson.of(first));
        assertThat(ReplayCsv.of(second)).isEqualTo(ReplayCsv.of(first));
        assertThat(ReplayPage.of(second)).isEqualTo(ReplayPage.of(first));
        assertThat(ReplayTable.of(second)).isEqualTo(ReplayTable.of(first));
    }

    @Test
    void R1_aPolicyGivesTheSameFiguresAloneAndBesideOthers() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        ModelFleet fleet = new ModelFleet(20, TaskDurations.DRAWN, 5, 1_000);
        List<DaySide> together =
                Replay.of(SketchedDay.random(seed, 300).day(), fleet, POLICIES).replayed();

        for (int i = 0; i < POLICIES.size(); i++) {
            Comparison alone = Replay.of(SketchedDay.random(seed, 300).day(), fleet, List.of(POLICIES.get(i)));
            // The windows of a shorter day may be narrower alone.
            assertThat(alone.replayed().get(0).waits())
                    .isEqualTo(together.get(i).waits());
            assertThat(alone.replayed().get(0).byGroup())
                    .isEqualTo(together.get(i).byGroup());
            assertThat(alone.replayed().get(0).makespan())
                    .isEqualTo(together.get(i).makespan());
        }
    }

    @Test
    void R1_drawnDurationsDependOnTheSeed() {
        Comparison one = drawn(1);
        assertThat(drawn(1)).isEqualTo(one);
        assertThat(drawn(2).replayed()).isNotEqualTo(one.replayed());
    }

    private static Comparison drawn(long seed) {
        ModelFleet fleet = new ModelFleet(20, TaskDurations.DRAWN, seed, 1_000);
        return Replay.of(SketchedDay.random(3, 300).day(), fleet, List.of(Policies.JOBS));
    }

    /** Thirty years, of which a clock would notice. */
    @Test
    void R3_timeIsThatOfTheDay() {
        long year = 365L * 24 * 60 * 60 * 1_000;
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 30; job++) {
            day.job(job * year, 1, 3, year / 2);
        }

        Comparison comparison = Replay.of(day.day(), ModelFleet.of(2), List.of(Policies.JOBS));

        DaySide side = comparison.replayed().get(0);
        assertThat(side.makespan()).isEqualTo(30 * year);
        assertThat(side.tasks()).isEqualTo(90);
        assertThat(side.waits().orElseThrow().longest()).isEqualTo(year / 2);
    }

    @Test
    void R3_nothingReadsAClockOrWaits() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.yardmaster.replay");
        assertThat(classes).isNotEmpty();

        noClasses().should().callMethod(System.class, "currentTimeMillis").check(classes);
        noClasses().should().callMethod(System.class, "nanoTime").check(classes);
        noClasses().should().callMethod(Instant.class, "now").check(classes);
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(classes);
        noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class).check(classes);
        noClasses().should().dependOnClassesThat().areAssignableTo(Random.class).check(classes);
    }
}
