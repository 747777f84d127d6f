package io.yardmaster.replay.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlibabaDayTest {
    private static final String HEADER = "job,task_name,instances,status,start_s,end_s,duration_s,cpu_pct,mem_norm\n";

    @TempDir
    Path temp;

    private Path file(String content) throws IOException {
        return Files.writeString(temp.resolve("day.csv"), content);
    }

    private static List<TimedEvent> read(Path file, long mostCharacters) {
        List<TimedEvent> events = new ArrayList<>();
        try (AlibabaDay day = new AlibabaDay(file, new JobNumbers(), mostCharacters)) {
            for (Optional<TimedEvent> next = day.next(); next.isPresent(); next = day.next()) {
                events.add(next.get());
            }
        }
        return events;
    }

    private static List<TimedEvent> read(Path file) {
        return read(file, 1_000_000);
    }

    private static Event.GraphSubmitted graph(TimedEvent event) {
        return (Event.GraphSubmitted) event.event();
    }

    @Test
    void namesOfStagesAreTheGraph() throws Exception {
        List<TimedEvent> events = read(file(HEADER
                + "j_2,M1,3,Terminated,500,510,9.5,100.0,0.3\n"
                + "j_1,M1,1,Terminated,100,101,1,100.0,0.3\n"
                + "j_2,J3_1_2,2,Terminated,511,512,1,100.0,0.3\n"
                + "j_2,R2_1,4,Terminated,510,511,1,nan,nan\n"
                + "j_2,task_Nzg,,Waiting,0,0,,nan,nan\n"));

        assertThat(events).extracting(TimedEvent::at).containsExactly(100_000L, 500_000L);
        Event.GraphSubmitted second = graph(events.get(1));
        assertThat(second.stages()).extracting(GraphStage::name).containsExactly("M1", "J3_1_2", "R2_1", "task_Nzg");
        assertThat(second.stages()).extracting(GraphStage::tasks).containsExactly(3, 2, 4, 1);
        assertThat(second.stages().get(1).after())
                .extracting(GraphStage.Dependency::stage)
                .containsExactly("M1", "R2_1");
        assertThat(second.stages().get(3).after()).isEmpty();
        assertThat(events.get(1).work().runtime(TaskKind.TASK, 2, 0)).isEqualTo(9_500);
        assertThat(events.get(1).work().runtime(TaskKind.TASK, 9, 0)).isEqualTo(-1);
    }

    @Test
    void severalLinesOfOneStageAreOneStage() throws Exception {
        List<TimedEvent> events =
                read(file(HEADER + "j,M1,1,Terminated,5,6,1,1,1\n" + "j,M1,3,Terminated,4,9,5,1,1\n"));

        assertThat(graph(events.get(0)).tasks()).isEqualTo(4);
        assertThat(events.get(0).work().runtime(TaskKind.TASK, 0, 0)).isEqualTo(4_000);
        assertThat(events.get(0).at()).isEqualTo(4_000);
    }

    @Test
    void theTraceAsPublishedHasNoHeaderAndNoDurations() throws Exception {
        List<TimedEvent> events = read(
                file("M1,2,j_1,1,Terminated,86000,86010,100,0.39\nR2_1,1,j_1,1,Terminated,86010,86013,100,0.39\n"));

        assertThat(graph(events.get(0)).tasks()).isEqualTo(3);
        assertThat(events.get(0).work().runtime(TaskKind.TASK, 0, 0)).isEqualTo(10_000);
        assertThat(events.get(0).work().runtime(TaskKind.TASK, 2, 0)).isEqualTo(3_000);
    }

    @Test
    void aDayThatDoesNotFitInMemoryIsSortedInFiles() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder(HEADER);
        for (int line = 0; line < 3_000; line++) {
            lines.append("j_%d,M%d,%d,Terminated,%d,0,%d,1,1\n"
                    .formatted(
                            random.nextInt(500),
                            line,
                            1 + random.nextInt(9),
                            1 + random.nextInt(90_000),
                            random.nextInt(99)));
        }
        Path file = file(lines.toString());

        List<TimedEvent> inFiles = read(file, 2_000);

        assertThat(inFiles).extracting(TimedEvent::at).isSorted();
        assertThat(inFiles.stream().map(AlibabaDayTest::sketch).toList())
                .isEqualTo(read(file).stream().map(AlibabaDayTest::sketch).toList());
        assertThat(inFiles.stream()
                        .mapToLong(event -> graph(event).stages().size())
                        .sum())
                .isEqualTo(3_000);
    }

    private static String sketch(TimedEvent event) {
        StringBuilder sketch = new StringBuilder(event.at() + ": ");
        graph(event).stages().forEach(stage -> sketch.append(stage.name())
                .append('*')
                .append(stage.tasks())
                .append(' '));
        return sketch.toString();
    }

    @Test
    void jobsThatNeverStartedAreLeftOutAndNoted() throws Exception {
        Path file = file(HEADER + "j_9,M1,,Waiting,0,0,1,nan,nan\nj_1,M1,1,Terminated,1,2,1,1,1\n");
        try (AlibabaDay day = new AlibabaDay(file, new JobNumbers())) {
            assertThat(day.next()).isPresent();
            assertThat(day.next()).isEmpty();
            assertThat(day.notes()).containsExactly(file + ": left out: 1 job that never started, j_9, say");
        }
    }

    /** In the trace the duration of such a stage is its start, as if it had ended at 0. */
    @Test
    void howLongAStageTookThatStillRanIsNotKnownAndNoted() throws Exception {
        Path file = file(HEADER + "j_1,M1,2,Terminated,100,110,10,1,1\nj_1,R2_1,3,Running,110,0,110,1,1\n");
        try (AlibabaDay day = new AlibabaDay(file, new JobNumbers())) {
            TimedEvent event = day.next().orElseThrow();
            assertThat(event.work().runtime(TaskKind.TASK, 1, 0)).isEqualTo(10_000);
            assertThat(event.work().runtime(TaskKind.TASK, 2, 0)).isEqualTo(RecordedWork.UNKNOWN);
            assertThat(day.next()).isEmpty();
            assertThat(day.notes())
                    .containsExactly(file + ": 1 stage had not ended, so the durations there are not known");
        }
    }

    @Test
    void mistakesAreOneLineWithTheirPlace() throws Exception {
        String row = "j,M1,1,Terminated,5,6,1,1,1\n";
        assertRefused(
                HEADER.replace("cpu_pct", "cpus"),
                ":1: unknown column 'cpus': known are job, job_name, task_name, instances, instance_num, start_s, start_time,"
                        + " end_s, end_time, duration_s and task_type, status, cpu_pct, plan_cpu, mem_norm, plan_mem");
        assertRefused("job,task_name,instances\n", ":1: there is no column start_s");
        assertRefused("job,task_name,instances,start_s\n", ":1: there is no column duration_s, and no end_s");
        assertRefused("job,job_name,task_name,instances,start_s\n", ":1: the column job_name is there twice");
        assertRefused(HEADER + row + "j,M2,1,Terminated,5\n", ":3: has 5 cells; there are 9 columns");
        assertRefused(
                HEADER + row + row.replace(",5,6,", ",6,5,"),
                ":3: the clock goes back: it ends at 5 s, and starts at 6 s");
        assertRefused(HEADER + row.replace(",5,", ",soon,"), ":2: start is 'soon', must be a number, 0 or more");
        assertRefused(HEADER + row.replace("M1,1", "M1,-1"), ":2: instances is '-1', must be a number, 0 or more");
        assertRefused(HEADER + row.replace("M1,1", "M1,1.5"), ":2: instances is no whole number up to 2147483647");
        assertRefused(HEADER + row.replace("j,", ","), ":2: job must be a name");
    }

    private void assertRefused(String content, String message) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidDayException.class)
                .hasMessage(file + message);
    }

    @Test
    void aTruncatedFileIsNamedWithTheLastLine() throws Exception {
        StringBuilder lines = new StringBuilder(HEADER);
        Random random = new Random(1);
        for (int line = 0; line < 20_000; line++) {
            lines.append(
                    "j_%d,M1,1,Terminated,%d,0,1,1,1\n".formatted(random.nextInt(9_999), 1 + random.nextInt(9_999)));
        }
        byte[] packed = SwfDayTest.gzip(lines.toString());
        Path file = Files.write(temp.resolve("cut.csv.gz"), Arrays.copyOf(packed, packed.length / 2));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidDayException.class)
                .hasMessageMatching(".*cut\\.csv\\.gz:\\d+: the file is truncated: its compressed data end here");
    }
}
