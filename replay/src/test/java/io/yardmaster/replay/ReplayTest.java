package io.yardmaster.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.DaySide;
import io.yardmaster.replay.report.DeadlineRow;
import io.yardmaster.replay.report.JainIndex;
import io.yardmaster.replay.report.ReplayCsv;
import io.yardmaster.replay.report.ReplayJson;
import io.yardmaster.replay.report.ReplayTable;
import io.yardmaster.replay.report.WaitRow;
import io.yardmaster.replay.traces.StageRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static DaySide replay(SketchedDay day, int slots, ReplayPolicy policy) {
        return Replay.of(day.day(), ModelFleet.of(slots), List.of(policy))
                .replayed()
                .get(0);
    }

    /** A naive queue in front of servers, which shares nothing with the scheduler. */
    @Test
    void jobsOfOneTaskRunAsInAQueueInFrontOfServers() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int slots = 1 + random.nextInt(8);
        SketchedDay day = new SketchedDay();
        PriorityQueue<Long> free = new PriorityQueue<>();
        for (int slot = 0; slot < slots; slot++) {
            free.add(0L);
        }
        long at = 0;
        long end = 0;
        List<Long> waits = new ArrayList<>();
        for (int job = 0; job < 2_000; job++) {
            at += random.nextInt(40);
            long runtime = random.nextInt(250);
            day.job(at, job % 3, 1, runtime);
            long start = Math.max(at, free.remove());
            free.add(start + runtime);
            waits.add(start - at);
            end = Math.max(end, start + runtime);
        }
        long first = day.day().next().orElseThrow().at();

        DaySide side = replay(day, slots, Policies.JOBS);

        WaitRow all = side.waits().orElseThrow();
        assertThat(all.tasks()).isEqualTo(2_000);
        assertThat(all.longest())
                .isEqualTo(waits.stream().mapToLong(Long::longValue).max().orElseThrow());
        assertThat(all.mean())
                .isEqualTo(Math.round(
                        waits.stream().mapToLong(Long::longValue).average().orElseThrow()));
        assertThat(side.makespan()).isEqualTo(end - first);
    }

    @Test
    void L7_aRateHoldsInVirtualTime() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 6; job++) {
            day.job(0, 7, 1, 10);
        }
        day.job(0, 8, 1, 10);

        DaySide side = replay(day, 10, Policies.rated(Map.of(7L, new DispatchRate(0.5, 2))));

        assertThat(side.waits().orElseThrow().tasks()).isEqualTo(7);
        assertThat(side.waits().orElseThrow().longest()).isEqualTo(8_000);
        assertThat(side.makespan()).isEqualTo(8_010);
    }

    @Test
    void aStageWaitsForTheOneBeforeIt() {
        SketchedDay day = new SketchedDay()
                .job(
                        5,
                        1,
                        0,
                        List.of(
                                SketchedDay.stage("a", 4),
                                SketchedDay.stage("b", 2, "a"),
                                SketchedDay.stage("c", 1, "b")),
                        new StageRuns(3)
                                .add(4, 100, -1, -1, "")
                                .add(2, 0, -1, -1, "")
                                .add(1, 30, -1, -1, ""));

        DaySide side = replay(day, 2, Policies.JOBS);

        assertThat(side.makespan()).isEqualTo(2 * 100 + 0 + 30);
        assertThat(side.tasks()).isEqualTo(7);
        assertThat(side.waits().orElseThrow().longest()).isEqualTo(100);
        assertThat(side.turnarounds().orElseThrow().longest()).isEqualTo(230);
        assertThat(side.utilisation()).isEqualTo(430.0 / (2 * 230));
    }

    private static SketchedDay needing(Map<String, Long> needs) {
        GraphStage stage =
                new GraphStage("a", 6, List.of(), GraphStage.When.ALL, 1, 0, 0, needs, GraphStage.NO_PAYLOAD);
        return new SketchedDay().job(0, 1, 0, List.of(stage), SketchedDay.runs(6, 100));
    }

    @Test
    void L4_limitsOfThePolicyHold() {
        assertThat(replay(needing(Map.of()), 6, Policies.JOBS).makespan()).isEqualTo(100);
        for (String key : List.of(LimitKeys.JOB, LimitKeys.ALL, LimitKeys.ofGroup(1))) {
            assertThat(replay(needing(Map.of()), 6, Policies.limited(Map.of(key, 2L)))
                            .makespan())
                    .as("with %s", key)
                    .isEqualTo(300);
        }
        DaySide side =
                replay(needing(Map.of("licence", 2L)), 6, Policies.limited(Map.of(LimitKeys.named("licence"), 5L)));
        assertThat(side.makespan()).isEqualTo(300);
        assertThat(side.tasks()).isEqualTo(6);
    }

    /** As serve decides when a graph is submitted to a pool that places tasks on hosts. */
    @Test
    void amountsOfHostsAreUnitsOfALimitWhereThePolicyHasIt() {
        HostDemand gpus = new HostDemand(Map.of("gpu", 2L, "memory", 70L), Map.of(), false);
        GraphStage stage = new GraphStage(
                "a", 6, List.of(), GraphStage.When.ALL, 1, 0, 0, 0, Map.of(), "p", gpus, GraphStage.NO_PAYLOAD);
        SketchedDay day = new SketchedDay().job(0, 1, 0, List.of(stage), SketchedDay.runs(6, 100));

        DaySide without = replay(day, 6, Policies.JOBS);
        DaySide with = replay(day, 6, Policies.limited(Map.of(LimitKeys.named("gpu"), 5L)));

        assertThat(without.makespan()).isEqualTo(100);
        assertThat(with.makespan()).isEqualTo(300);
        assertThat(with.limits().get(0).most()).isEqualTo(4);
        assertThat(with.notes()).isEmpty();
    }

    @Test
    void G3_aGraphThatNeedsMoreThanThePolicyHasIsRefused() {
        DaySide without = replay(needing(Map.of("licence", 2L)), 6, Policies.JOBS);
        assertThat(without.tasks()).isZero();
        assertThat(without.notes())
                .containsExactly(
                        "1 graph was refused: job 1, stage a needs 2 of limit licence, of which the policy has none");
        DaySide less =
                replay(needing(Map.of("licence", 2L)), 6, Policies.limited(Map.of(LimitKeys.named("licence"), 1L)));
        assertThat(less.notes().get(0)).endsWith("of which the policy has 1");
    }

    @Test
    void aTaskThatFailedOnTheDayFailsAndIsTriedAgainAfterItsBackoff() {
        RecordedWork work = new RecordedWork() {
            @Override
            public long runtime(TaskKind kind, int taskIndex, int attempt) {
                return 10;
            }

            @Override
            public TaskEnd end(TaskKind kind, int taskIndex, int attempt) {
                return attempt == 0 ? TaskEnd.FAILED : TaskEnd.SUCCEEDED;
            }
        };
        SketchedDay day = new SketchedDay().job(0, 1, 0, List.of(SketchedDay.stage("a", 1, 2, 60_000)), work);

        DaySide side = replay(day, 2, Policies.JOBS);

        assertThat(side.tasks()).isEqualTo(2);
        assertThat(side.makespan()).isBetween(60_000L, 63_000L);
        assertThat(side.notes()).isEmpty();
    }

    @Test
    void tasksThatStorageSendsTakeTheTimesOfTheirRecording() {
        SketchedDay day = new SketchedDay()
                .event(
                        7,
                        new Event.TasksReady(3, 9, 0, new int[] {0, 1, 2}, 0, 7, null),
                        (kind, index, attempt) -> kind == TaskKind.TASK ? 100 * (index + 1) : 50)
                .event(400, new Event.CommitReady(3, 9, 0, 400, null), RecordedWork.NONE);

        DaySide side = replay(day, 10, Policies.JOBS);

        assertThat(side.tasks()).isEqualTo(4);
        assertThat(side.makespan()).isEqualTo(400 + 50 - 7);
        assertThat(side.slotMillis()).isEqualTo(100 + 200 + 300 + 50);
    }

    @Test
    void aGroupWithManyJobsDelaysTheOthersUnlessGroupsTakeTurns() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 200; job++) {
            day.job(job, 1, 1, 10_000);
        }
        for (int job = 0; job < 5; job++) {
            day.job(1_000, 2, 1, 10_000);
        }

        Comparison comparison = Replay.of(day.day(), ModelFleet.of(10), List.of(Policies.JOBS, Policies.GROUPS));

        WaitRow byJob = group(comparison.replayed().get(0), 2);
        WaitRow byGroup = group(comparison.replayed().get(1), 2);
        assertThat(byJob.p50()).isGreaterThan(150_000);
        assertThat(byGroup.longest()).isLessThan(25_000);
        assertThat(comparison.changes()).hasSize(1);
        assertThat(comparison.changes().get(0).gained()).extracting("group").containsExactly(2L);
        assertThat(comparison.changes().get(0).lost()).extracting("group").containsExactly(1L);
        assertThat(comparison.replayed().get(0).makespan())
                .isEqualTo(comparison.replayed().get(1).makespan());
    }

    private static WaitRow group(DaySide side, long group) {
        return side.byGroup().stream()
                .filter(row -> row.what().equals(String.valueOf(group)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void jainsIndexIsHigherWhereGroupsTakeTurns() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 400; job++) {
            day.job(0, job < 300 ? 1 : 2, 1, 5_000);
        }

        Comparison comparison = Replay.of(day.day(), ModelFleet.of(4), List.of(Policies.JOBS, Policies.GROUPS));

        double byJob = comparison.replayed().get(0).jain().turns().orElseThrow();
        double byGroup = comparison.replayed().get(1).jain().turns().orElseThrow();
        assertThat(byJob).isBetween(0.4, 0.7);
        assertThat(byGroup).isGreaterThan(0.95);
        assertThat(comparison.replayed().get(1).jain().cost().orElseThrow()).isGreaterThan(0.95);
    }

    /** Tasks of group 1 hold three of four licences, those of group 2 one: with as many turns it has three times as much of them. */
    @Test
    void L3_jainsIndexByDominantShareIsHigherWhereTheseAreFair() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 400; job++) {
            long group = 1L + job % 2;
            GraphStage stage = SketchedDay.needing(SketchedDay.stage("a", 1), Map.of("licence", group == 1 ? 3L : 1L));
            day.job(0, group, 0, List.of(stage), SketchedDay.runs(1, 500));
        }
        LivePolicy four = new LivePolicy(Map.of(), Map.of(LimitKeys.named("licence"), 4L));
        Policy turns = Policies.GROUPS.policy();
        Policy shares =
                new Policy(turns.activeJobs(), 1, 1, turns.finalizingExpiry(), turns.dedupExpiry(), Fairness.DRF);

        Comparison comparison = Replay.of(
                day.day(),
                ModelFleet.of(50),
                List.of(new ReplayPolicy("turns", turns, four), new ReplayPolicy("shares", shares, four)));

        JainIndex byTurns = comparison.replayed().get(0).jain();
        JainIndex byShares = comparison.replayed().get(1).jain();
        assertThat(byTurns.turns().orElseThrow()).isGreaterThan(0.95);
        assertThat(byTurns.dominant().orElseThrow()).as("16 / (2 * 10)").isBetween(0.75, 0.85);
        assertThat(byShares.dominant().orElseThrow()).isGreaterThan(0.95);
        assertThat(byShares.turns().orElseThrow()).isBetween(0.75, 0.85);
        assertThat(ReplayTable.of(comparison)).containsPattern("by dominant share +0\\.[78]\\d* +(0\\.9|1\\.0)");
        assertThat(ReplayJson.of(comparison)).contains("\"jain_dominant_share\" : 0.");
        assertThat(ReplayCsv.of(comparison)).contains("turns,all,,jain_dominant_share,0.");
    }

    @Test
    void weightsOfThePolicyCount() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 400; job++) {
            day.job(0, 1 + job % 2, 1, 1_000);
        }

        Comparison comparison =
                Replay.of(day.day(), ModelFleet.of(1), List.of(Policies.weighted(Map.of(2L, 3.0, 9L, 2.0))));

        // Group 2 has three of four turns, so it is served in two thirds of the time that both take.
        assertThat(group(comparison.replayed().get(0), 2).longest()).isBetween(255_000L, 275_000L);
        assertThat(comparison.replayed().get(0).jain().turns().orElseThrow()).isGreaterThan(0.9);
        assertThat(comparison.notes()).containsExactly("weighted: the day had no resource group 9");
    }

    @Test
    void aHigherPriorityGoesFirst() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 20; job++) {
            day.job(0, 1, job < 10 ? 0 : 5, List.of(SketchedDay.stage("a", 1)), SketchedDay.runs(1, 1_000));
        }

        DaySide side = replay(day, 1, Policies.JOBS);

        assertThat(side.byPriority()).extracting(WaitRow::what).containsExactly("0", "5");
        // The first job runs before the others have come.
        assertThat(side.byPriority().get(1).longest()).isLessThanOrEqualTo(10_000);
        assertThat(side.byPriority().get(0).longest()).isEqualTo(19_000);
    }

    @Test
    void aGraphThatMakesNoSenseIsNoted() {
        SketchedDay day = new SketchedDay()
                .job(0, 1, 1, 10)
                .job(
                        1,
                        1,
                        0,
                        List.of(SketchedDay.stage("a", 1, "b"), SketchedDay.stage("b", 1, "a")),
                        SketchedDay.runs(2, 5));

        DaySide side = replay(day, 1, Policies.JOBS);

        assertThat(side.tasks()).isEqualTo(1);
        assertThat(side.notes()).hasSize(1);
        assertThat(side.notes().get(0)).startsWith("1 graph was refused: job 2, ");
    }

    @Test
    void theDayAsItWasIsASideOfItsOwn() {
        SketchedDay day = new SketchedDay()
                .job(0, 4, 0, List.of(SketchedDay.stage("a", 3)), new StageRuns(1).add(3, 1_000, 0, 5_000, ""));

        Comparison comparison = Replay.of(day.day(), ModelFleet.of(3), List.of(Policies.JOBS));

        DaySide was = comparison.sides().get(0);
        assertThat(was.recorded()).isTrue();
        assertThat(was.makespan()).isEqualTo(6_000);
        assertThat(was.waits().orElseThrow().mean()).isEqualTo(5_000);
        assertThat(was.busy()).containsExactly(0.0, 0.0, 0.0, 0.0, 0.0, 1.0);
        assertThat(comparison.replayed().get(0).makespan()).isEqualTo(1_000);
    }

    private static final Deadlines DEADLINES = new Deadlines(OptionalLong.of(20_000), Map.of(2L, 35_000L));

    private static List<DaySide> due(SketchedDay day, ReplayPolicy policy) {
        return Replay.of(day.day(), ModelFleet.of(1), DEADLINES, List.of(policy))
                .sides();
    }

    @Test
    void jobsThatEndAfterTheirDeadlineAreCountedByGroup() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 4; job++) {
            day.job(0, job < 3 ? 1 : 2, 1, 10_000);
        }

        DaySide fifo = due(day, Policies.FIFO).get(0);
        DaySide groups = due(day, Policies.GROUPS).get(0);

        assertThat(fifo.deadlines())
                .containsExactly(new DeadlineRow(1, 20_000, 3, 1), new DeadlineRow(2, 35_000, 1, 1));
        assertThat(groups.deadlines())
                .containsExactly(new DeadlineRow(1, 20_000, 3, 2), new DeadlineRow(2, 35_000, 1, 0));
        assertThat(fifo.jobsWithDeadlines()).isEqualTo(4);
        assertThat(fifo.missedDeadlines()).isEqualTo(2);
        assertThat(replay(day, 1, Policies.FIFO).deadlines()).isEmpty();
    }

    @Test
    void jobsThatNeverEndMissTheirDeadlinesOnceTheirTimeIsOver() {
        Event.TasksReady early = new Event.TasksReady(1, 8, 0, new int[] {0}, 0, 0, null);
        Event.TasksReady late = new Event.TasksReady(1, 9, 0, new int[] {0}, 0, 15_000, null);
        SketchedDay day = needing(Map.of("licence", 2L))
                .event(0, early, (kind, index, attempt) -> 5_000)
                .event(15_000, late, (kind, index, attempt) -> 10_000);

        DaySide side = due(day, Policies.FIFO).get(0);

        assertThat(side.deadlines())
                .as("the refused and the first one")
                .containsExactly(new DeadlineRow(1, 20_000, 2, 2));
    }

    @Test
    void deadlinesOfTheDayAsItWasAreThoseOfJobsWhoseTasksAllRanOnce() {
        List<GraphStage> stages = List.of(SketchedDay.stage("a", 2), SketchedDay.stage("b", 1, "a"));
        SketchedDay day = new SketchedDay()
                .job(
                        0,
                        1,
                        0,
                        stages,
                        new StageRuns(2).add(2, 1_000, 0, 2_000, "").add(1, 5_000, 3_000, 16_000, ""))
                .job(
                        0,
                        1,
                        0,
                        stages,
                        new StageRuns(2).add(2, 1_000, 0, 2_000, "").add(1, 1, 3_000, 3_000, ""))
                .job(
                        0,
                        1,
                        0,
                        stages,
                        new StageRuns(2).add(2, 30_000, 0, 2_000, "").add(1, 5_000, -1, -1, ""));

        DaySide recorded = due(day, Policies.FIFO).get(0);

        assertThat(recorded.recorded()).isTrue();
        assertThat(recorded.deadlines()).containsExactly(new DeadlineRow(1, 20_000, 2, 1));
        assertThat(recorded.turnarounds().orElseThrow().tasks()).isEqualTo(2);
        assertThat(recorded.turnarounds().orElseThrow().longest()).isEqualTo(21_000);
    }

    @Test
    void severalDaysAreOneByTheirTimes() {
        SketchedDay one = new SketchedDay().job(0, 1, 1, 1).job(20, 1, 1, 1);
        SketchedDay other = new SketchedDay().job(10, 2, 1, 1).job(20, 2, 1, 1);
        MergedDay merged = new MergedDay(List.of(one.day(), other.day()));
        long[] times = new long[4];
        long[] groups = new long[4];
        for (int i = 0; i < 4; i++) {
            TimedEvent event = merged.next().orElseThrow();
            times[i] = event.at();
            groups[i] = ((Event.GraphSubmitted) event.event()).group();
        }
        assertThat(times).containsExactly(0, 10, 20, 20);
        assertThat(groups).containsExactly(1, 2, 1, 2);
        assertThat(merged.next()).isEmpty();
    }

    @Test
    void aDayWithoutJobsIsRefused() {
        assertThatThrownBy(() -> replay(new SketchedDay(), 1, Policies.JOBS))
                .isInstanceOf(InvalidDayException.class)
                .hasMessage("the day has no jobs");
    }

    @Test
    void aDayWithTooManyGroupsIsRefused() {
        SketchedDay day = new SketchedDay();
        for (int group = 0; group <= 20_000; group++) {
            day.job(0, group, 1, 0);
        }
        assertThatThrownBy(() -> replay(day, 1, Policies.JOBS))
                .isInstanceOf(InvalidDayException.class)
                .hasMessage("the day has more than 20000 resource groups, the most that a replay compares");
    }

    @Test
    void allJobsOfARandomDayEndUnderEachPolicy() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        for (ReplayPolicy policy : Arrays.asList(Policies.FIFO, Policies.JOBS, Policies.GROUPS)) {
            DaySide side = replay(SketchedDay.random(seed, 400), 25, policy);
            assertThat(side.turnarounds().orElseThrow().tasks()).isEqualTo(400);
            assertThat(side.notes()).isEmpty();
            assertThat(side.utilisation()).isBetween(0.0, 1.0);
            assertThat(side.busy()).allMatch(part -> part >= 0 && part <= 1);
        }
    }
}
