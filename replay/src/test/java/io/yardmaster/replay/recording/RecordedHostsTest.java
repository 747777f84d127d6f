package io.yardmaster.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.MergedDay;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.ModelHost;
import io.yardmaster.replay.Policies;
import io.yardmaster.replay.Replay;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.DaySide;
import io.yardmaster.replay.report.LimitRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that have hosts: their tasks are placed on these in a replay, while they are there. */
class RecordedHostsTest {
    private static final long BEGIN = 1_800_000_000_000L;
    private static final long RUNTIME = 30_000;

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

    private RecordedRecord host(long at, String name, long gpus) {
        return lines.host(at, "gpu", name, 1, Map.of("gpu", gpus));
    }

    /** A job whose tasks have a GPU each. */
    private RecordedRecord job(long at, long job, int tasks, String pool) {
        GraphStage stage = new GraphStage(
                "only",
                tasks,
                List.of(),
                GraphStage.When.ALL,
                1,
                0,
                0,
                0,
                Map.of("gpu", 1L),
                pool,
                HostDemand.NONE,
                GraphStage.NO_PAYLOAD);
        return lines.graph(
                at,
                new Event.GraphSubmitted(1, job, 1, 0, false, false, OnFailure.STOP, List.of(stage), 0, 1, at, null));
    }

    private Comparison compare() {
        try (Day day = RecordingDay.open(file)) {
            ModelFleet fleet = new ModelFleet(1, ModelFleet.TaskDurations.RECORDED, 0, RUNTIME);
            return Replay.of(day, fleet, List.of(Policies.JOBS));
        }
    }

    private DaySide replay() {
        return compare().replayed().get(0);
    }

    private List<HostChange> hosts() {
        try (Day day = RecordingDay.open(file)) {
            return day.hosts();
        }
    }

    @Test
    void P1_tasksRunOnTheHostsThatWereThereAndOnThoseThatCame() throws IOException {
        write(
                lines.placed(BEGIN - 1, "gpu"),
                host(BEGIN, "a", 2),
                job(BEGIN + 1_000, 7, 2, "gpu"),
                job(BEGIN + 50_000, 8, 4, "gpu"),
                host(BEGIN + 60_000, "b", 3));
        DaySide side = replay();
        assertThat(side.tasks()).isEqualTo(6);
        assertThat(side.waits().orElseThrow().longest()).isEqualTo(10_000);
        assertThat(side.makespan()).isEqualTo(89_000);
        assertThat(side.limits())
                .extracting(LimitRow::key, LimitRow::capacity, LimitRow::most)
                .containsExactly(tuple("hosts/gpu", 5L, 4L));
        assertThat(compare().notes())
                .containsExactly("tasks are placed on the hosts that the day had: 2 hosts of pool gpu");
    }

    @Test
    void P4_tasksOfAHostThatFellSilentRunElsewhere() throws IOException {
        write(
                lines.placed(BEGIN - 1, "gpu"),
                host(BEGIN, "a", 1),
                job(BEGIN, 7, 1, "gpu"),
                host(BEGIN + 60_000, "b", 1),
                lines.hostGone(BEGIN + 10_000, "gpu", "a", 1));
        DaySide side = replay();
        assertThat(side.makespan()).isEqualTo(60_000 + RUNTIME);
        assertThat(side.tasks()).as("it has begun twice, and run once").isEqualTo(1);
        assertThat(side.slotMillis()).as("it ran on a host").isZero();
        assertThat(side.notes()).isEmpty();
    }

    @Test
    void P4_aHostThatStartsAnewHasLostItsTasks() throws IOException {
        write(
                lines.placed(BEGIN - 1, "gpu"),
                host(BEGIN, "a", 1),
                job(BEGIN, 7, 1, "gpu"),
                lines.host(BEGIN + 10_000, "gpu", "a", 2, Map.of("gpu", 1L)));
        assertThat(replay().makespan()).isBetween(10_000 + RUNTIME, 15_000 + RUNTIME);
    }

    @Test
    void aHostThatHasLessGetsNothingNewAndKeepsWhatItHas() throws IOException {
        write(
                lines.placed(BEGIN - 1, "gpu"),
                host(BEGIN, "a", 2),
                job(BEGIN, 7, 2, "gpu"),
                lines.host(BEGIN + 10_000, "gpu", "a", 1, Map.of("gpu", 1L)),
                job(BEGIN + 10_000, 8, 2, "gpu"));
        assertThat(replay().makespan()).isEqualTo(3 * RUNTIME);
    }

    @Test
    void behindTheLastTaskOfTheDayTheHostsStay() throws IOException {
        AssignedTask task = new AssignedTask(1, 1, 7, TaskKind.TASK, 0, 0);
        write(
                lines.placed(BEGIN - 1, "gpu"),
                host(BEGIN, "a", 1),
                job(BEGIN, 7, 5, "gpu"),
                lines.ended(BEGIN + RUNTIME, 1, task, TaskEnd.SUCCEEDED, BEGIN),
                lines.hostGone(BEGIN + RUNTIME + 1, "gpu", "a", 1));
        assertThat(replay().makespan()).isEqualTo(5 * RUNTIME);
    }

    @Test
    void aTaskThatLostItsPlaceEndsAsItsNextRunDid() throws IOException {
        AssignedTask task = new AssignedTask(1, 1, 7, TaskKind.TASK, 0, 0);
        write(
                lines.placed(BEGIN - 1, "gpu"),
                host(BEGIN, "a", 1),
                job(BEGIN, 7, 1, "gpu"),
                lines.ended(BEGIN + 1_000, 1, task, TaskEnd.REFUSED, BEGIN + 1_000),
                lines.ended(BEGIN + 1_100, 1, task, TaskEnd.KILLED, BEGIN),
                lines.ended(BEGIN + 2_000 + 2 * RUNTIME, 2, task, TaskEnd.SUCCEEDED, BEGIN + 2_000));

        assertThat(replay().makespan()).isEqualTo(2 * RUNTIME);
    }

    @Test
    void severalRecordingsHaveNoHosts() throws IOException {
        write(lines.placed(BEGIN - 1, "gpu"), host(BEGIN, "a", 1), job(BEGIN, 7, 2, "gpu"));
        Path another = directory.resolve("another.jsonl.gz");
        Files.copy(file, another);
        try (Day days = new MergedDay(List.of(RecordingDay.open(file), RecordingDay.open(another)))) {
            assertThat(days.hosts()).isEmpty();
            assertThat(days.notes()).anyMatch(note -> note.startsWith("the hosts of 2 recordings are left out"));
        }
    }

    @Test
    void eachPoolHasItsHostsAndOthersHaveSlots() throws IOException {
        write(
                lines.placed(BEGIN - 1, "gpu"),
                lines.placed(BEGIN - 1, "big"),
                host(BEGIN, "a", 1),
                lines.host(BEGIN, "big", "a", 1, Map.of("gpu", 4L)),
                lines.host(BEGIN, "idle", "a", 1, Map.of("gpu", 4L)),
                job(BEGIN, 7, 2, "gpu"),
                job(BEGIN, 8, 4, "big"),
                lines.ready(BEGIN, 1, 9, 0, 2));
        Comparison comparison = compare();
        DaySide side = comparison.replayed().get(0);
        assertThat(side.tasks()).isEqualTo(8);
        assertThat(side.makespan()).isEqualTo(2 * RUNTIME);
        assertThat(side.slotMillis()).as("of those in slots").isEqualTo(2 * RUNTIME);
        assertThat(comparison.notes())
                .containsExactly(
                        "tasks are placed on the hosts that the day had: 1 host of pool big, 1 host of pool gpu");
    }

    @Test
    void aPoolHasTheWindowOfThePolicy() throws IOException {
        write(lines.placed(BEGIN - 1, "gpu"), host(BEGIN, "a", 4), job(BEGIN, 7, 4, "gpu"));
        try (Day day = RecordingDay.open(file)) {
            ModelFleet fleet = new ModelFleet(1, ModelFleet.TaskDurations.RECORDED, 0, RUNTIME);
            Comparison comparison = Replay.of(
                    day, fleet, List.of(Policies.JOBS, Policies.limited(Map.of(LimitKeys.ofPool("gpu"), 2L))));
            assertThat(comparison.replayed()).extracting(DaySide::makespan).containsExactly(RUNTIME, 2 * RUNTIME);
        }
    }

    @Test
    void theHostsOfTheFleetTakeThePlaceOfTheRecordedOnes() throws IOException {
        write(lines.placed(BEGIN - 1, "gpu"), host(BEGIN, "a", 1), job(BEGIN, 7, 4, "gpu"));
        ModelHost big = new ModelHost("big", new TreeMap<>(Map.of("gpu", 4L)), Map.of());
        try (Day day = RecordingDay.open(file)) {
            ModelFleet fleet = new ModelFleet(10, ModelFleet.TaskDurations.RECORDED, 0, RUNTIME, List.of(big));
            Comparison comparison = Replay.of(day, fleet, List.of(Policies.JOBS));
            assertThat(comparison.replayed().get(0).makespan()).isEqualTo(RUNTIME);
            assertThat(comparison.notes()).isEmpty();
        }
    }

    @Test
    void heartbeatsThatBeganAfterTheDayStandInForThoseOfTheDay() throws IOException {
        write(
                lines.placed(BEGIN - 1, "gpu"),
                job(BEGIN, 7, 2, "gpu"),
                host(BEGIN + 3_600_000, "a", 1),
                host(BEGIN + 3_640_000, "b", 1),
                host(BEGIN + 3_640_001, "late", 1));
        assertThat(replay().makespan()).isEqualTo(RUNTIME);
        assertThat(hosts())
                .extracting(HostChange::at)
                .containsExactly(HostChange.BEFORE, HostChange.BEFORE, BEGIN + 3_640_001);
        assertThat(compare().notes())
                .containsExactly(
                        "the recording has no hosts of the beginning of the day: the first ones that it has stand in for them",
                        "tasks are placed on the hosts that the day had: 3 hosts of pool gpu");
    }

    @Test
    void aClockThatGoesBackChangesAHostAtTheTimeOfTheChangeBefore() throws IOException {
        write(
                lines.placed(BEGIN - 1, "gpu"),
                host(BEGIN, "a", 1),
                host(BEGIN + 60_000, "a", 2),
                host(BEGIN + 50_000, "a", 3));
        assertThat(hosts())
                .extracting(HostChange::at, change -> change.host().amounts().get("gpu"))
                .containsExactly(tuple(HostChange.BEFORE, 1L), tuple(BEGIN + 60_000, 2L), tuple(BEGIN + 60_000, 3L));
    }

    @Test
    void aRecordingThatIsCutOffHasTheHostsOfItsCompleteBlocks() throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            writer.write(lines.placed(BEGIN - 1, "gpu"));
            writer.write(host(BEGIN, "a", 1));
            writer.write(job(BEGIN, 7, 1, "gpu"));
            writer.flush();
            writer.write(host(BEGIN, "b", 1));
            writer.end();
        }
        byte[] whole = Files.readAllBytes(file);
        assertThat(hosts()).hasSize(2);
        int length = whole.length;
        while (hosts().size() == 2) {
            length -= 10;
            Files.write(file, Arrays.copyOf(whole, length));
        }
        assertThat(hosts()).hasSize(1);
        assertThat(replay().makespan()).isEqualTo(RUNTIME);
        assertThat(compare().notes()).anyMatch(note -> note.contains("is cut off"));
    }

    @Test
    void aHostWithoutAFieldIsOneLine() throws IOException {
        RecordedRecord host = host(BEGIN, "a", 1);
        ((ObjectNode) host.value()).remove("present");
        write(host);
        assertThatExceptionOfType(InvalidDayException.class)
                .isThrownBy(this::hosts)
                .withMessage(file + ": hosts-0@0: the field present must be true or false");
    }
}
