package io.yardmaster.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.Policies;
import io.yardmaster.replay.Replay;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.DaySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingDayTest {
    private static final long BEGIN = 1_800_000_000_000L;

    @TempDir
    Path directory;

    private final RecordingLines lines = new RecordingLines();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("day.jsonl.gz");
    }

    private void write(RecordedRecord... records) throws IOException {
        RecordingLines.write(file, records);
    }

    private static AssignedTask task(long group, long job, int index) {
        return new AssignedTask(1, group, job, TaskKind.TASK, index, 0);
    }

    private Comparison replay() {
        try (Day day = RecordingDay.open(file)) {
            return Replay.of(day, ModelFleet.of(1), List.of(Policies.FIFO, Policies.GROUPS));
        }
    }

    /** Three tasks of a job of 10 s each, and one of another group of 1 s, which waited for all of them. */
    private void writeSmallDay() throws IOException {
        write(
                lines.ready(BEGIN, 1, 1, 0, 3),
                lines.ready(BEGIN + 500, 2, 2, 0, 1),
                lines.assigned(BEGIN + 1, 1, task(1, 1, 0), BEGIN),
                lines.ended(BEGIN + 10_001, 1, task(1, 1, 0), TaskEnd.SUCCEEDED, BEGIN + 1),
                lines.assigned(BEGIN + 10_002, 2, task(1, 1, 1), BEGIN),
                lines.ended(BEGIN + 20_002, 2, task(1, 1, 1), TaskEnd.SUCCEEDED, BEGIN + 10_002),
                lines.assigned(BEGIN + 20_003, 3, task(1, 1, 2), BEGIN),
                lines.ended(BEGIN + 30_003, 3, task(1, 1, 2), TaskEnd.SUCCEEDED, BEGIN + 20_003),
                lines.assigned(BEGIN + 30_004, 4, task(2, 2, 0), BEGIN + 500),
                lines.ended(BEGIN + 31_004, 4, task(2, 2, 0), TaskEnd.SUCCEEDED, BEGIN + 30_004));
    }

    @Test
    void theDayAsItWasStandsBesideItsReplays() throws IOException {
        writeSmallDay();
        List<DaySide> sides = replay().sides();
        assertThat(sides).extracting(DaySide::name).containsExactly(Comparison.RECORDED, "fifo", "groups");
        DaySide was = sides.get(0);
        assertThat(was.tasks()).isEqualTo(4);
        assertThat(was.makespan()).isEqualTo(31_004);
        assertThat(was.waits().orElseThrow().longest()).isEqualTo(29_504);
        assertThat(sides.get(1).makespan()).isEqualTo(31_000);
        assertThat(longestOf(sides.get(1), "2")).isEqualTo(29_500);
        assertThat(longestOf(sides.get(2), "2")).isEqualTo(19_500);
    }

    private static long longestOf(DaySide side, String group) {
        return side.byGroup().stream()
                .filter(row -> row.what().equals(group))
                .findFirst()
                .orElseThrow()
                .longest();
    }

    @Test
    void commandsComeAsTheyCame() throws IOException {
        write(
                lines.ready(BEGIN, 1, 1, 0, 3),
                lines.assigned(BEGIN, 1, task(1, 1, 0)),
                lines.command(BEGIN + 100, 1, Command.CANCEL),
                lines.ended(BEGIN + 1_000, 1, task(1, 1, 0), TaskEnd.SUCCEEDED, BEGIN));
        DaySide replayed = replay().replayed().get(0);
        assertThat(replayed.tasks()).as("the others are discarded").isEqualTo(1);
    }

    @Test
    void aRecordingThatIsCutOffIsReplayedAsFarAsItGoes() throws IOException {
        writeSmallDay();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 20));
        assertThat(replay().notes())
                .containsExactly(file + ": is cut off: it has no end; 10 records of complete blocks are read");
    }

    @Test
    void aClockThatGoesBackIsOneLineAndItsEventsComeAtTheTimeOfTheOnesBefore() throws IOException {
        write(
                lines.ready(BEGIN, 1, 1, 0, 1),
                lines.ready(BEGIN - 60_000, 1, 2, 0, 1),
                lines.ready(BEGIN + 1, 1, 3, 0, 1));
        Comparison comparison = replay();
        assertThat(comparison.firstAt()).isEqualTo(BEGIN);
        assertThat(comparison.notes())
                .containsExactly(
                        "ready-0: the clock goes back: 1 record, up to 60000 ms older than one before; the order of the offsets counts");
    }

    /** Each task has four units of cpu on its host, which is no limit; the licence is one. */
    @Test
    void tasksForHostsRunOnTheModelledFleetAndOnlyTheirLimitsHoldThemUp() throws IOException {
        GraphStage stage = new GraphStage(
                "gang",
                3,
                List.of(),
                GraphStage.When.ALL,
                1,
                0,
                0,
                0,
                Map.of("cpu", 4L, "licence", 1L),
                "gpu",
                new HostDemand(Map.of(), Map.of("zone", "a"), true),
                GraphStage.NO_PAYLOAD);
        Event.GraphSubmitted graph =
                new Event.GraphSubmitted(1, 7, 1, 0, false, false, OnFailure.STOP, List.of(stage), 0, 1, BEGIN, null);
        write(
                lines.placed(BEGIN - 1, "gpu"),
                lines.graph(BEGIN, graph),
                lines.ended(BEGIN + 1_000, 1, task(1, 7, 0), TaskEnd.SUCCEEDED, BEGIN),
                lines.ended(BEGIN + 1_000, 2, task(1, 7, 1), TaskEnd.SUCCEEDED, BEGIN),
                lines.ended(BEGIN + 1_000, 3, task(1, 7, 2), TaskEnd.SUCCEEDED, BEGIN));
        Comparison comparison;
        try (Day day = RecordingDay.open(file)) {
            comparison = Replay.of(
                    day,
                    ModelFleet.of(3),
                    List.of(Policies.JOBS, Policies.limited(Map.of(LimitKeys.named("licence"), 1L))));
        }
        assertThat(comparison.replayed()).extracting(DaySide::tasks).containsExactly(3L, 3L);
        assertThat(comparison.replayed()).extracting(DaySide::makespan).containsExactly(1_000L, 3_000L);
        assertThat(comparison.notes())
                .containsExactly(
                        "1 job has tasks for hosts: in a fleet without hosts their amounts, labels and gangs are ignored");
    }

    @Test
    void aRecordThatTellsAHostSomethingIsNoAssignment() throws IOException {
        write(
                lines.ready(BEGIN, 1, 1, 0, 1),
                lines.assigned(BEGIN, 1, task(1, 1, 0)),
                lines.told(BEGIN + 1, "gpu"),
                lines.ended(BEGIN + 1_000, 1, task(1, 1, 0), TaskEnd.SUCCEEDED, BEGIN));
        assertThat(replay().replayed().get(0).tasks()).isEqualTo(1);
    }

    @Test
    void aRecordWithoutAFieldIsNamedByItsPlace() throws IOException {
        RecordedRecord good = lines.ready(BEGIN, 1, 1, 0, 1);
        ((ObjectNode) good.value()).remove("job_id");
        write(good);
        assertThatExceptionOfType(InvalidDayException.class)
                .isThrownBy(this::replay)
                .withMessageContaining("ready-0@0: the field job_id must be a whole number");
    }

    @Test
    void aRecordingWithoutJobsIsOneLine() throws IOException {
        write();
        assertThatExceptionOfType(InvalidDayException.class)
                .isThrownBy(this::replay)
                .withMessage("the day has no jobs");
    }
}
