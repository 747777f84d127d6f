package io.yardmaster.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.Deadlines;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.Policies;
import io.yardmaster.replay.Replay;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.replay.SketchedDay;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayOutputTest {
    private static Comparison small(String second) {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 6; job++) {
            day.job(1_132_444_805_000L, job < 4 ? 1 : 2, 1, 60_000);
        }
        return Replay.of(
                day.day(),
                ModelFleet.of(1),
                List.of(Policies.FIFO, new ReplayPolicy(second, Policies.GROUPS.policy(), LivePolicy.NONE)));
    }

    @Test
    void theTableHasAColumnForEachPolicy() {
        assertThat(ReplayTable.of(small("fair")).lines().toList())
                .startsWith(
                        "6 jobs since 2005-11-20T00:00:05Z, replayed on 1 slot",
                        "",
                        "                                                  fifo         fair",
                        "tasks                                                6            6",
                        "makespan                                         6 min        6 min")
                .contains(
                        "slots in use over time",
                        "  fifo  █████████████████████████████████████████████",
                        "fair instead of fifo: 1 group waits less, 1 group waits longer, by their mean",
                        "  gained most: group 2 (2 tasks), 4 min 30 s before, now 2 min");
    }

    @Test
    void jsonHasEachFigure() {
        String json = ReplayJson.of(small("fair"));
        assertThat(json)
                .startsWith("{\n  \"fleet\" : {\n    \"slots\" : 1,")
                .contains("\"makespan_ms\" : 360000", "\"utilisation\" : 1.00000", "\"mean_after_ms\" : 120000")
                .endsWith("}\n");
    }

    @Test
    void csvHasALineForEachFigure() {
        assertThat(ReplayCsv.of(small("fair,weird")).lines().toList())
                .startsWith("policy,by,key,figure,value", "fifo,all,,tasks,6")
                .contains("\"fair,weird\",group,2,wait_mean_ms,120000", "fifo,time,1132444805000,utilisation,1.00000");
    }

    @Test
    void thePageHoldsAllThatItNeedsAndNoTextEndsItsScript() {
        String page = ReplayPage.of(small("</script><script>alert(1)</script>"));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("uPlot", "\\u003c/script>")
                .doesNotContain("</script><script>alert", "/*{")
                .doesNotContainPattern("(src|href)=");
    }

    @Test
    void missedDeadlinesAreInEachOutput() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 6; job++) {
            day.job(0, job < 4 ? 1 : 2, 1, 60_000);
        }
        Deadlines deadlines = new Deadlines(OptionalLong.of(120_000), Map.of(2L, 270_000L, 9L, 1L));
        Comparison comparison =
                Replay.of(day.day(), ModelFleet.of(1), deadlines, List.of(Policies.FIFO, Policies.GROUPS));

        assertThat(ReplayTable.of(comparison).lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "deadlines missed 4 of 6, 66.7 % 3 of 6, 50.0 %",
                        "deadlines missed by resource group fifo groups",
                        " 1, within 2 min 2 of 4, 50.0 % 3 of 4, 75.0 %",
                        " 2, within 4 min 30 s 2 of 2, 100.0 % 0 of 2, 0.0 %",
                        "note: deadlines: the day had no resource group 9");
        assertThat(ReplayJson.of(comparison).replaceAll("\\s+", " "))
                .contains(
                        "\"deadline_jobs\" : 6, \"deadlines_missed\" : 4,",
                        "{ \"group\" : 2, \"within_ms\" : 270000, \"jobs\" : 2, \"missed\" : 0 }");
        assertThat(ReplayCsv.of(comparison).lines().toList())
                .contains(
                        "fifo,all,,deadline_jobs,6",
                        "groups,all,,deadlines_missed,3",
                        "fifo,group,2,deadline_ms,270000",
                        "fifo,group,2,deadlines_missed,2");
        assertThat(ReplayTable.of(small("fair")) + ReplayCsv.of(small("fair"))).doesNotContain("deadline");
    }

    /** One of two licences is in use for two seconds, then both for one; a byte of a petabyte is in use all the time. */
    @Test
    void theUseOfEachLimitOverTimeIsInJsonAndCsv() {
        SketchedDay day = new SketchedDay();
        GraphStage stage = SketchedDay.needing(SketchedDay.stage("only", 1), Map.of("licence", 1L, "bytes", 1L << 50));
        day.job(0, 1, 0, List.of(stage), SketchedDay.runs(1, 3_000));
        day.job(2_000, 1, 0, List.of(stage), SketchedDay.runs(1, 1_000));
        ReplayPolicy two = Policies.limited(Map.of(LimitKeys.named("licence"), 2L, LimitKeys.named("bytes"), 1L << 52));
        Comparison comparison = Replay.of(day.day(), ModelFleet.of(9), List.of(Policies.JOBS, two));
        assertThat(comparison.sides().get(1).limits())
                .extracting(LimitRow::byWindow)
                .containsExactly(List.of(0.25, 0.25, 0.5), List.of(0.5, 0.5, 1.0));
        assertThat(ReplayJson.of(comparison)).contains("\"in_use_by_window\" : [ 0.50000, 0.50000, 1.00000 ]");
        assertThat(ReplayCsv.of(comparison).lines())
                .contains("limited,time,2000,limit/licence,1.00000", "limited,time,0,limit/bytes,0.25000");
    }

    @Test
    void weightsThatNobodyObeysAreNoted() {
        Comparison comparison = Replay.of(
                new SketchedDay().job(0, 1, 1, 1).day(),
                ModelFleet.of(1),
                List.of(new ReplayPolicy(
                        "a.yaml",
                        Policy.DEFAULT,
                        Policies.weighted(java.util.Map.of(1L, 2.0)).live())));
        assertThat(comparison.notes())
                .containsExactly(
                        "a.yaml: its weights change nothing, as only fairness=weighted and fairness=drf obey them");
    }
}
