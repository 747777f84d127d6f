package io.yardmaster.replay.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.Event;
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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodDayTest {
    private static final String HEADER =
            "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n";
    private static final String SHARED = "pod-0,6000,12288,1,460,,LS,Running,10,70,12.5\n";
    private static final String WHOLE = "pod-1,64000,262144,8,1000,V100M16|V100M32,Burstable,Failed,20,21,20\n";
    private static final String NO_GPU = "pod-2,500,1024,0,0,,BE,Succeeded,20,30,25\n";

    @TempDir
    Path temp;

    private Path file(String content) throws IOException {
        return Files.writeString(temp.resolve("pods.csv"), content);
    }

    private static List<TimedEvent> read(Path file) {
        List<TimedEvent> events = new ArrayList<>();
        try (PodDay day = new PodDay(file, new JobNumbers())) {
            for (Optional<TimedEvent> next = day.next(); next.isPresent(); next = day.next()) {
                events.add(next.get());
            }
        }
        return events;
    }

    private static Event.GraphSubmitted graph(TimedEvent event) {
        return (Event.GraphSubmitted) event.event();
    }

    @Test
    void aPodIsAJobOfOneTaskInTheGroupOfItsClassOfService() throws Exception {
        List<TimedEvent> events = read(file(HEADER + SHARED + WHOLE + NO_GPU));

        assertThat(events).extracting(TimedEvent::at).containsExactly(10_000L, 20_000L, 20_000L);
        assertThat(events).extracting(event -> graph(event).group()).containsExactly(1L, 3L, 2L);
        assertThat(events).extracting(event -> graph(event).job()).doesNotHaveDuplicates();
        assertThat(events).allMatch(event -> graph(event).tasks() == 1);
        assertThat(events)
                .extracting(event -> event.work().runtime(TaskKind.TASK, 0, 0))
                .containsExactly(57_500L, 1_000L, 5_000L);
        List<String> seen = new ArrayList<>();
        events.forEach(event -> event.work()
                .seen((tasks, ready, started, runtime) ->
                        seen.add("%s %s %s %s".formatted(tasks, ready, started, runtime))));
        assertThat(seen).containsExactly("1 10000 12500 57500", "1 20000 20000 1000", "1 20000 25000 5000");
    }

    @Test
    void gpusCountAsWholeOnesAndInThousandths() throws Exception {
        List<Map<String, Long>> amounts = read(file(HEADER + SHARED + WHOLE + NO_GPU)).stream()
                .map(event -> graph(event).stages().get(0).hosts().amounts())
                .toList();

        assertThat(amounts)
                .containsExactly(
                        Map.of("gpu", 1L, "gpu_milli", 460L, "cpu_milli", 6_000L, "memory_mib", 12_288L),
                        Map.of("gpu", 8L, "gpu_milli", 8_000L, "cpu_milli", 64_000L, "memory_mib", 262_144L),
                        Map.of("cpu_milli", 500L, "memory_mib", 1_024L));
    }

    @Test
    void podsThatAskForTheSameAreOfOneKindOfWork() throws Exception {
        List<TimedEvent> events = read(file(HEADER + SHARED + SHARED + WHOLE));

        assertThat(events.get(0).work().kindOfWork(TaskKind.TASK, 0))
                .isEqualTo(events.get(1).work().kindOfWork(TaskKind.TASK, 0))
                .isNotEqualTo(events.get(2).work().kindOfWork(TaskKind.TASK, 0));
    }

    @Test
    void columnsMayBeInAnyOrderAndFilesCompressed() throws Exception {
        String header = "qos,creation_time,scheduled_time,deletion_time,gpu_milli,num_gpu,memory_mib,cpu_milli\r\n";
        Path file = Files.write(temp.resolve("day.gz"), SwfDayTest.gzip(header + "\"BE\", 7,8,9,1000,2,3,4\r\n\n"));

        assertThat(PodTrace.isOf(file)).isTrue();
        List<TimedEvent> events = read(file);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).at()).isEqualTo(7_000);
        assertThat(graph(events.get(0)).stages().get(0).hosts().amounts())
                .isEqualTo(Map.of("gpu", 2L, "gpu_milli", 2_000L, "memory_mib", 3L, "cpu_milli", 4L));
    }

    @Test
    void podsThatGotNoPlaceAreLeftOutAndNoted() throws Exception {
        Path file = file(HEADER + SHARED.replace("12.5", "") + WHOLE);
        try (PodDay day = new PodDay(file, new JobNumbers())) {
            assertThat(day.next().orElseThrow().at()).isEqualTo(20_000);
            assertThat(day.next()).isEmpty();
            assertThat(day.notes()).containsExactly(file + ": left out: 1 pod that got no place");
        }
    }

    @Test
    void howLongAPodTookThatStillRanIsNotKnownAndNoted() throws Exception {
        Path file = file(HEADER + SHARED.replace(",70,", ",,"));
        try (PodDay day = new PodDay(file, new JobNumbers())) {
            assertThat(day.next().orElseThrow().work().runtime(TaskKind.TASK, 0, 0))
                    .isEqualTo(RecordedWork.UNKNOWN);
            assertThat(day.next()).isEmpty();
            assertThat(day.notes())
                    .containsExactly(file + ": 1 pod had not ended, so the durations there are not known");
        }
    }

    @Test
    void mistakesAreOneLineWithTheirPlace() throws Exception {
        assertRefused(
                HEADER.replace("qos", "class"),
                ":1: unknown column 'class': known are cpu_milli, memory_mib, num_gpu, gpu_milli, qos, creation_time,"
                        + " deletion_time, scheduled_time and name, gpu_spec, pod_phase");
        assertRefused(HEADER.replace(",qos", ""), ":1: there is no column qos");
        assertRefused(HEADER.replace("gpu_spec", "qos"), ":1: the column qos is there twice");
        assertRefused("", ":1: there is no column cpu_milli");
        assertRefused(HEADER + SHARED + "pod-1,64000,26", ":3: has 3 cells; there are 11 columns");
        assertRefused(HEADER + ",".repeat(2_000), ":2: has more than 1000 cells");
        assertRefused(HEADER + WHOLE + SHARED, ":3: the clock goes back: it was created at 10 s, after a pod at 20 s");
        assertRefused(
                HEADER + SHARED.replace(",12.5", ",9.5"),
                ":2: the clock goes back: it was scheduled at 9.5 s, and created at 10 s");
        assertRefused(
                HEADER + SHARED.replace(",70,", ",11,"),
                ":2: the clock goes back: it was deleted at 11 s, and scheduled at 12.5 s");
        assertRefused(
                HEADER + SHARED.replace(",70,12.5", ",9,"),
                ":2: the clock goes back: it was deleted at 9 s, and created at 10 s");
        assertRefused(HEADER + SHARED.replace(",10,", ",,"), ":2: creation_time is missing");
        for (String time : List.of("soon", "-1", "NaN", "1e13")) {
            assertRefused(
                    HEADER + SHARED.replace(",70,", "," + time + ","),
                    ":2: deletion_time is '" + time + "', must be a number of seconds, 0 or more");
        }
        for (String units : List.of("", "-1", "1.5", "1000000001", "9223372036854775808")) {
            assertRefused(
                    HEADER + SHARED.replace("6000", units),
                    ":2: cpu_milli is '" + units + "', must be a whole number from 0 to 1000000000");
        }
        assertRefused(
                HEADER + SHARED.replace("1,460", "1001,460"),
                ":2: num_gpu is '1001', must be a whole number from 0 to 1000");
        assertRefused(
                HEADER + SHARED.replace("1,460", "1,1001"),
                ":2: gpu_milli is '1001', must be a whole number from 0 to 1000");
        assertRefused(
                HEADER + SHARED.replace("LS", "ls"), ":2: qos is 'ls', must be one of LS, BE, Burstable, Guaranteed");
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
            lines.append("p,%d,1,0,0,,BE,Running,%d,%d,%d\n".formatted(random.nextInt(9_999), line, line + 9, line));
        }
        byte[] packed = SwfDayTest.gzip(lines.toString());
        Path file = Files.write(temp.resolve("cut.csv.gz"), Arrays.copyOf(packed, packed.length / 2));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidDayException.class)
                .hasMessageMatching(".*cut\\.csv\\.gz:\\d+: the file is truncated: its compressed data end here");
    }
}
