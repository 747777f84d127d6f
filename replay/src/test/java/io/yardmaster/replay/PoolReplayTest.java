package io.yardmaster.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.DaySide;
import io.yardmaster.replay.report.LimitRow;
import io.yardmaster.replay.report.ReplayCsv;
import io.yardmaster.replay.report.ReplayJson;
import io.yardmaster.replay.report.ReplayTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Replays of days whose tasks are of pools, which have slots or hosts: windows, rates, gangs and preemption are those of the policy. */
class PoolReplayTest {
    private static final String POOL = "gpu";
    private static final long HOUR = 3_600_000;

    private static ModelHost host(String name, String pool, long gpus) {
        return new ModelHost(name, pool, new TreeMap<>(Map.of("gpu", gpus)), Map.of());
    }

    private static GraphStage stage(int tasks, boolean gang) {
        return stage(tasks, POOL, new HostDemand(Map.of("gpu", 1L), Map.of(), gang));
    }

    private static GraphStage stage(int tasks, String pool, HostDemand demand) {
        return new GraphStage(
                "a", tasks, List.of(), GraphStage.When.ALL, 1, 0, 0, 0, Map.of(), pool, demand, GraphStage.NO_PAYLOAD);
    }

    private static ModelFleet fleet(int slots, ModelHost... hosts) {
        return new ModelFleet(slots, ModelFleet.TaskDurations.RECORDED, 0, 1_000, List.of(hosts));
    }

    private static DaySide replay(SketchedDay day, ModelFleet fleet, ReplayPolicy policy) {
        return Replay.of(day.day(), fleet, List.of(policy)).replayed().get(0);
    }

    private static PoolRules preempting(int perMinute, long group) {
        return new PoolRules(Set.of(POOL), Map.of(), Map.of(POOL, perMinute), Map.of(group, true), false);
    }

    /** Four tasks of group 1 have all GPUs for an hour; a second later a gang of three comes, of a higher priority. */
    private static SketchedDay urgentGang() {
        SketchedDay day = new SketchedDay();
        for (int task = 0; task < 4; task++) {
            day.job(task * 10L, 1, 0, List.of(stage(1, false)), SketchedDay.runs(1, HOUR));
        }
        return day.job(1_000, 2, 5, List.of(stage(3, true)), SketchedDay.runs(3, 60_000));
    }

    private static long waited(DaySide side, int group) {
        return side.byGroup().get(group).longest();
    }

    @Test
    void L1_aGangOfHigherPriorityTakesThePlacesOfPreemptibleTasks() {
        for (String pool : List.of(POOL, "")) {
            ModelFleet fleet = fleet(1, host("a", pool, 2), host("b", pool, 2));
            DaySide side = replay(urgentGang(), fleet, Policies.JOBS.with(preempting(3, 1)));

            assertThat(waited(side, 1)).as("the gang starts when it comes").isZero();
            assertThat(side.preempted()).isEqualTo(3);
            assertThat(side.tasks()).as("each has run once").isEqualTo(7);
            assertThat(side.makespan())
                    .as("the victims begin again when the gang has ended")
                    .isEqualTo(61_000 + HOUR);
            assertThat(side.limits().get(0).most())
                    .as("no host is booked twice")
                    .isEqualTo(4);
            assertThat(side.notes()).isEmpty();
        }
    }

    @Test
    void aNoteNamesThePoolsOfEachPolicyForWhichTheFleetHasNoPlaces() {
        LivePolicy live = new LivePolicy(Map.of(), Map.of(LimitKeys.ofPool(POOL), 2L, LimitKeys.ofPool("cpu"), 2L))
                .withPoolRates(Map.of("net", new DispatchRate(1, 1)));
        ReplayPolicy policy = Policies.JOBS.with(preempting(1, 1));
        List<ReplayPolicy> policies =
                List.of(policy, new ReplayPolicy("windows", Policies.JOBS.policy(), live), Policies.FIFO);
        SketchedDay day = new SketchedDay().job(0, 1, 0, List.of(stage(1, false)), SketchedDay.runs(1, 1_000));

        assertThat(Replay.of(day.day(), fleet(1), policies).notes())
                .containsExactly(
                        policy.name() + ": its rules for pool gpu change nothing, as the fleet has neither slots nor"
                                + " hosts for such tasks",
                        "windows: its rules for pools cpu, gpu, net change nothing, as the fleet has neither slots nor"
                                + " hosts for such tasks");
        assertThat(Replay.of(day.day(), fleet(1, host("a", POOL, 2)).with(Map.of("net", 1)), policies)
                        .notes())
                .containsExactly("windows: its rules for pool cpu change nothing, as the fleet has neither slots nor"
                        + " hosts for such tasks");
        assertThat(Replay.of(day.day(), fleet(1, host("a", "", 2)), policies).notes())
                .isEmpty();
    }

    @Test
    void L1_nobodyLosesAPlaceUnlessThePoolAndTheGroupAllowIt() {
        ModelFleet fleet = fleet(1, host("a", POOL, 2), host("b", POOL, 2));
        for (PoolRules rules : List.of(PoolRules.NONE, preempting(3, 2))) {
            DaySide side = replay(urgentGang(), fleet, Policies.JOBS.with(rules));

            assertThat(side.preempted()).isZero();
            assertThat(waited(side, 1)).as("until three places are free").isEqualTo(HOUR + 20 - 1_000);
        }
    }

    @Test
    void L1_noMoreLoseTheirPlacesInAMinuteThanThePoolAllows() {
        ModelFleet fleet = fleet(1, host("a", POOL, 2), host("b", POOL, 2));
        DaySide side = replay(urgentGang(), fleet, Policies.JOBS.with(preempting(2, 1)));

        assertThat(side.preempted()).isEqualTo(2);
        assertThat(waited(side, 1)).as("until one place is free").isEqualTo(HOUR - 1_000);
    }

    @Test
    void L1_thePreemptedAreInEachOutput() {
        ModelFleet fleet = fleet(1, host("a", POOL, 4));
        Comparison both =
                Replay.of(urgentGang().day(), fleet, List.of(Policies.FIFO, Policies.JOBS.with(preempting(9, 1))));

        assertThat(ReplayTable.of(both)).containsPattern("tasks preempted +0 +3\n");
        assertThat(ReplayJson.of(both)).contains("\"preempted\" : 0,", "\"preempted\" : 3,");
        assertThat(ReplayCsv.of(both)).contains("jobs,all,,preempted,3\n");
    }

    @Test
    void P5_aGangStartsTogetherHoweverFewSlotsThereAre() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 200; job++) {
            day.job(job * 50L, 1, 0, List.of(stage(1, false)), SketchedDay.runs(1, 100 + job % 7));
        }
        day.job(1_000, 2, 0, List.of(stage(3, true)), SketchedDay.runs(3, 100));

        DaySide side = replay(day, fleet(1, host("a", "", 3)), Policies.GROUPS);

        var gang = side.byGroup().get(1);
        assertThat(gang.tasks()).isEqualTo(3);
        assertThat(gang.mean()).as("all start in one moment").isEqualTo(gang.longest());
        assertThat(gang.longest()).isBetween(1L, 1_000L);
    }

    @Test
    void P1_tasksRunOnHostsOfTheirPoolAlone() {
        SketchedDay day = new SketchedDay()
                .job(0, 1, 0, List.of(stage(4, false)), SketchedDay.runs(4, 100))
                .job(0, 2, 0, List.of(stage(4, "other", HostDemand.NONE)), SketchedDay.runs(4, 100));

        DaySide side = replay(day, fleet(4, host("a", POOL, 2), host("a", "third", 9)), Policies.JOBS);

        assertThat(waited(side, 0)).isEqualTo(100);
        assertThat(waited(side, 1)).as("of a pool without hosts, so in slots").isZero();
    }

    @Test
    void L8_aPoolsWindowHoldsOnHostsOfAllPools() {
        SketchedDay day = new SketchedDay().job(0, 1, 0, List.of(stage(6, false)), SketchedDay.runs(6, 100));
        ReplayPolicy two = Policies.limited(Map.of(LimitKeys.ofPool(POOL), 2L));

        assertThat(replay(day, fleet(1, host("a", "", 6)), two).makespan()).isEqualTo(300);
        assertThat(replay(day, fleet(1, host("a", "", 6)), Policies.JOBS).makespan())
                .isEqualTo(100);
    }

    @Test
    void L8_aPoolWithSlotsHasNoMoreTasksThanTheseAndNoneOfTheOthers() {
        SketchedDay day = new SketchedDay()
                .job(0, 1, 0, List.of(stage(6, POOL, HostDemand.NONE)), SketchedDay.runs(6, 100))
                .job(0, 2, 4, 100);
        ModelFleet fleet = fleet(4).with(Map.of(POOL, 3));

        DaySide side = replay(day, fleet, Policies.JOBS);
        assertThat(side.makespan()).isEqualTo(200);
        assertThat(waited(side, 1)).isZero();
        assertThat(side.limits()).containsExactly(new LimitRow("pool/gpu", 3, 3.0, 3, List.of(0.2)));

        ReplayPolicy window = Policies.limited(Map.of(LimitKeys.ofPool(POOL), 2L));
        assertThat(replay(day, fleet, window).makespan()).isEqualTo(300);
        assertThat(replay(day, fleet(4), window).makespan())
                .as("in the slots of all, which it shares")
                .isEqualTo(300);
    }

    @Test
    void L7_aRateOfAPoolWithSlotsHolds() {
        SketchedDay day =
                new SketchedDay().job(0, 1, 0, List.of(stage(10, POOL, HostDemand.NONE)), SketchedDay.runs(10, 100));
        ReplayPolicy rated =
                Policies.ratedPools(Map.of(LimitKeys.ofPool(POOL), 100L), Map.of(POOL, new DispatchRate(1, 1)));

        assertThat(replay(day, fleet(1).with(Map.of(POOL, 100)), rated).makespan())
                .isEqualTo(9_100);
    }

    @Test
    void L9_tasksOfAPausedPoolWaitAndThoseThatWaitedForAHostComeBack() {
        SketchedDay day = new SketchedDay()
                .job(0, 1, 0, List.of(stage(2, false)), SketchedDay.runs(2, 10_000))
                .job(100_000, 2, 1, 100);
        LivePolicy open = new LivePolicy(Map.of(), Map.of(LimitKeys.ofPool(POOL), 10L));
        LivePolicy paused = new LivePolicy(Map.of(), Map.of(LimitKeys.ofPool(POOL), 0L));
        ReplayPolicy policy = new ReplayPolicy(
                "paused", Policies.JOBS.policy(), open, new TreeMap<>(Map.of(5_000L, paused, 60_000L, open)));

        for (ModelFleet fleet :
                List.of(fleet(1, host("a", "", 1)), fleet(1, host("a", POOL, 1)), fleet(1).with(Map.of(POOL, 1)))) {
            DaySide side = replay(day, fleet, policy);
            assertThat(side.tasks()).isEqualTo(3);
            assertThat(side.byGroup().get(0).tasks()).isEqualTo(2);
            assertThat(side.makespan())
                    .as("the second one ran before the last job came")
                    .isEqualTo(100_100);
        }
    }
}
