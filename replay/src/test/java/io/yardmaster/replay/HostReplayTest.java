package io.yardmaster.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.replay.report.DaySide;
import io.yardmaster.replay.report.LimitRow;
import io.yardmaster.replay.report.ReplayJson;
import io.yardmaster.replay.traces.HostFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays whose fleet has hosts: placement decides as in production. */
class HostReplayTest {
    private static final long HOUR = 3_600_000;

    @TempDir
    Path temp;

    private static ModelHost host(String name, long gpus, String zone) {
        return new ModelHost(name, new TreeMap<>(Map.of("gpu", gpus)), Map.of("zone", zone));
    }

    private static GraphStage stage(int tasks, long gpus, Map<String, String> labels, boolean gang) {
        HostDemand demand = new HostDemand(Map.of("gpu", gpus), labels, gang);
        return new GraphStage(
                "a", tasks, List.of(), GraphStage.When.ALL, 1, 0, 0, 0, Map.of(), "p", demand, GraphStage.NO_PAYLOAD);
    }

    private static SketchedDay job(SketchedDay day, long at, GraphStage stage, long runtime) {
        return day.job(at, 1, 0, List.of(stage), SketchedDay.runs(stage.tasks(), runtime));
    }

    private static DaySide replay(SketchedDay day, ReplayPolicy policy, ModelHost... hosts) {
        ModelFleet fleet = new ModelFleet(100, ModelFleet.TaskDurations.RECORDED, 0, 1_000, List.of(hosts));
        return Replay.of(day.day(), fleet, List.of(policy)).replayed().get(0);
    }

    @Test
    void P1_tasksRunOnHostsAsFarAsThereIsRoomOnOne() {
        SketchedDay day = job(new SketchedDay(), 0, stage(6, 2, Map.of(), false), 100);

        DaySide fitting = replay(day, Policies.JOBS, host("a", 4, "n"), host("b", 2, "n"));
        DaySide split = replay(day, Policies.JOBS, host("a", 3, "n"), host("b", 3, "n"));

        assertThat(fitting.makespan()).isEqualTo(200);
        assertThat(fitting.limits()).containsExactly(new LimitRow("hosts/gpu", 6, 6.0, 6, List.of(0.2)));
        assertThat(split.makespan()).as("of each host one GPU is of no use").isEqualTo(300);
        assertThat(split.limits()).containsExactly(new LimitRow("hosts/gpu", 6, 4.0, 4, List.of(0.2000001)));
        assertThat(split.waits().orElseThrow().longest()).isEqualTo(200);
    }

    @Test
    void P1_labelsHoldAndTasksThatNoHostSuitsNeverRun() {
        SketchedDay day = job(new SketchedDay(), 0, stage(4, 1, Map.of("zone", "north"), false), 100);
        job(day, 0, stage(1, 1, Map.of("zone", "west"), false), 100);

        DaySide side = replay(day, Policies.JOBS, host("a", 1, "north"), host("b", 8, "south"));

        assertThat(side.makespan()).isEqualTo(400);
        assertThat(side.tasks()).isEqualTo(4);
        assertThat(side.notes()).containsExactly("1 job did not end");
    }

    @Test
    void P5_aGangStartsTogetherAndIsNotStarvedByTasksThatPassIt() {
        SketchedDay day = new SketchedDay();
        for (int job = 0; job < 200; job++) {
            job(day, job * 50L, stage(1, 1, Map.of(), false), 100 + job % 7);
        }
        day.job(1_000, 2, 0, List.of(stage(3, 1, Map.of(), true)), SketchedDay.runs(3, 100));

        DaySide side = replay(day, Policies.GROUPS, host("a", 3, "n"));

        assertThat(side.tasks()).isEqualTo(203);
        var gang = side.byGroup().get(1);
        assertThat(gang.tasks()).isEqualTo(3);
        assertThat(gang.mean()).as("all start in one moment").isEqualTo(gang.longest());
        assertThat(gang.longest()).isBetween(1L, 1_000L);
    }

    @Test
    void L4_amountsThatThePolicyLimitsAreUnitsOfTheLimitAndTheOthersAreOfTheHost() {
        HostDemand demand = new HostDemand(Map.of("gpu", 1L, "licence", 1L), Map.of(), false);
        GraphStage stage = new GraphStage(
                "a", 6, List.of(), GraphStage.When.ALL, 1, 0, 0, 0, Map.of(), "p", demand, GraphStage.NO_PAYLOAD);
        SketchedDay day = new SketchedDay().job(0, 1, 0, List.of(stage), SketchedDay.runs(6, 100));

        ReplayPolicy two = Policies.limited(Map.of(LimitKeys.named("licence"), 2L));

        assertThat(replay(day, two, host("a", 3, "n")).makespan()).isEqualTo(300);
        assertThat(replay(day, two, host("a", 1, "n")).makespan()).isEqualTo(600);
        assertThat(replay(day, two, host("a", 3, "n")).limits())
                .extracting(LimitRow::key)
                .containsExactly(LimitKeys.named("licence"), "hosts/gpu");
    }

    @Test
    void tasksWithoutDemandsOnHostsRunInSlots() {
        SketchedDay day = job(new SketchedDay().job(0, 1, 50, 100), 0, stage(1, 1, Map.of(), false), 100);

        assertThat(replay(day, Policies.JOBS, host("a", 1, "n")).makespan()).isEqualTo(100);
    }

    @Test
    void O5_tasksOfACancelledOrPausedJobDoNotWaitForAHostAnyMore() {
        SketchedDay day = job(new SketchedDay(), 0, stage(1, 1, Map.of(), false), HOUR);
        job(day, 1, stage(5, 1, Map.of(), false), 100);
        job(day, 2, stage(1, 1, Map.of(), false), 100);
        job(day, 3, stage(1, 1, Map.of(), false), 100);
        day.event(1_000, new Event.Commanded(2, Event.Commanded.ANY_SESSION, Command.CANCEL), RecordedWork.NONE);
        day.event(1_000, new Event.Commanded(3, Event.Commanded.ANY_SESSION, Command.PAUSE), RecordedWork.NONE);
        day.event(2 * HOUR, new Event.Commanded(3, Event.Commanded.ANY_SESSION, Command.RESUME), RecordedWork.NONE);

        DaySide side = replay(day, Policies.JOBS, host("a", 1, "n"));

        assertThat(side.tasks()).as("those of jobs 1, 3 and 4").isEqualTo(3);
        assertThat(side.waits().orElseThrow().longest())
                .as("a task that comes back is ready anew")
                .isEqualTo(2 * HOUR - 1_000);
        assertThat(side.makespan()).isEqualTo(2 * HOUR + 100);
        assertThat(side.notes()).isEmpty();
    }

    @Test
    void R1_theSameDayOnHostsGivesTheSameFigures() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        List<String> figures = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            Random random = new Random(seed);
            SketchedDay day = new SketchedDay();
            for (int job = 0; job < 300; job++) {
                boolean gang = random.nextInt(10) == 0;
                int gpus = 1 + random.nextInt(gang ? 2 : 3);
                GraphStage stage = stage(1 + random.nextInt(4), gpus, Map.of(), gang);
                job(day, random.nextInt(100_000), stage, 1 + random.nextInt(5_000));
            }
            ModelFleet fleet = new ModelFleet(
                    1_000,
                    ModelFleet.TaskDurations.RECORDED,
                    0,
                    1_000,
                    List.of(host("a", 4, "n"), host("b", 5, "n"), host("c", 3, "n")));
            var comparison = Replay.of(day.day(), fleet, List.of(Policies.JOBS, Policies.GROUPS));
            assertThat(comparison.replayed()).allSatisfy(side -> {
                assertThat(side.notes()).isEmpty();
                assertThat(side.limits().get(0).most()).isLessThanOrEqualTo(12);
            });
            figures.add(ReplayJson.of(comparison));
        }
        assertThat(figures.get(0)).isEqualTo(figures.get(1));
    }

    @Test
    void hostsAreReadFromANodeList() throws IOException {
        Path file = Files.writeString(
                temp.resolve("hosts.csv"), "sn,cpu_milli,gpu,model\nh-0,32000,0,\nh-1,64000,2,P100\n");
        assertThat(HostFile.read(file))
                .containsExactly(
                        new ModelHost("h-0", new TreeMap<>(Map.of("cpu_milli", 32_000L, "gpu_milli", 0L)), Map.of()),
                        new ModelHost(
                                "h-1",
                                new TreeMap<>(Map.of("cpu_milli", 64_000L, "gpu_milli", 2_000L)),
                                Map.of("model", "P100")));
    }

    @Test
    void hostsMayBeNamedByAnyColumnAndThenHaveWhatTheFileSays() throws IOException {
        Path file = Files.writeString(temp.resolve("hosts.csv"), "host,gpu,rack\na,2,7b\nb,4,8\n");
        assertThat(HostFile.read(file))
                .containsExactly(
                        new ModelHost("a", new TreeMap<>(Map.of("gpu", 2L)), Map.of("rack", "7b")),
                        new ModelHost("b", new TreeMap<>(Map.of("gpu", 4L)), Map.of("rack", "8")));
    }

    @Test
    void amountsThatNoHostOfTheFleetHasRestrictNothing() {
        HostDemand demand = new HostDemand(Map.of("gpu", 1L, "memory", 70L), Map.of(), false);
        GraphStage stage = new GraphStage(
                "a", 4, List.of(), GraphStage.When.ALL, 1, 0, 0, 0, Map.of(), "p", demand, GraphStage.NO_PAYLOAD);
        SketchedDay day = new SketchedDay().job(0, 1, 0, List.of(stage), SketchedDay.runs(4, 100));

        assertThat(replay(day, Policies.JOBS, host("a", 2, "n")).makespan()).isEqualTo(200);
    }

    @Test
    void aListThatMakesNoSenseIsOneLine() throws IOException {
        refused("", ":1: must name the columns: the host's name, and up to 63 different ones of amounts and labels");
        refused("sn,cpu,cpu\n", ":1: must name the columns");
        refused("sn,cpu\n", ": has no hosts");
        refused("sn,cpu\na,1\na,2\n", ":3: host a is there twice");
        refused("sn,cpu\na,1,2\n", ":2: has 3 cells; there are 2 columns");
        refused("sn,cpu\n,1\n", ":2: names no host");
    }

    private void refused(String text, String reason) throws IOException {
        Path file = Files.writeString(temp.resolve("hosts.csv"), text);
        assertThatThrownBy(() -> HostFile.read(file))
                .isInstanceOf(InvalidDayException.class)
                .message()
                .startsWith(file + reason);
    }
}
