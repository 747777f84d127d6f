package io.yardmaster.replay.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.TimedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwfDayTest {
    private static final String HEADER = "; Version: 2.2\n; UnixStartTime: 1000\n;\n";
    private static final String FIRST = " 1  10  5 60  4 -1 -1  8 -1 -1 1 7 3 -1 -1 -1 -1 -1\n";
    private static final String SECOND = " 2  12 -1 3.5 -1 -1 -1 2 -1 -1 0 8 4 -1 -1 -1 -1 -1\n";

    @TempDir
    Path temp;

    private Path file(String content) throws IOException {
        return Files.writeString(temp.resolve("day.swf"), content);
    }

    private static List<TimedEvent> read(Path file) {
        List<TimedEvent> events = new ArrayList<>();
        try (SwfDay day = new SwfDay(file, new JobNumbers())) {
            for (Optional<TimedEvent> next = day.next(); next.isPresent(); next = day.next()) {
                events.add(next.get());
            }
        }
        return events;
    }

    @Test
    void aJobHasATaskForEachProcessorAndTheTimesOfItsLine() throws Exception {
        List<TimedEvent> events = read(file(HEADER + FIRST + SECOND));

        assertThat(events).extracting(TimedEvent::at).containsExactly(1_010_000L, 1_012_000L);
        Event.GraphSubmitted first = (Event.GraphSubmitted) events.get(0).event();
        Event.GraphSubmitted second = (Event.GraphSubmitted) events.get(1).event();
        assertThat(first.group()).isEqualTo(3);
        assertThat(first.tasks()).isEqualTo(4);
        assertThat(second.tasks()).isEqualTo(2);
        assertThat(first.job()).isNotEqualTo(second.job());
        assertThat(events.get(0).work().runtime(TaskKind.TASK, 3, 0)).isEqualTo(60_000);
        assertThat(events.get(1).work().runtime(TaskKind.TASK, 0, 0)).isEqualTo(3_500);
        assertThat(events.get(0).work().kindOfWork(TaskKind.TASK, 0)).isEqualTo("user 7");
        List<String> seen = new ArrayList<>();
        events.forEach(event -> event.work()
                .seen((tasks, ready, started, runtime) ->
                        seen.add("%s %s %s %s".formatted(tasks, ready, started, runtime))));
        assertThat(seen).containsExactly("4 1010000 1015000 60000");
    }

    @Test
    void filesMayBeCompressed() throws Exception {
        Path packed = Files.write(temp.resolve("day.gz"), gzip(HEADER + FIRST));
        assertThat(read(packed)).hasSize(1);
    }

    @Test
    void jobsThatNeverRanAreLeftOutAndNoted() throws Exception {
        Path file = file(HEADER + FIRST.replace(" 60 ", " -1 ") + SECOND);
        SwfDay day = new SwfDay(file, new JobNumbers());
        assertThat(day.next().orElseThrow().at()).isEqualTo(1_012_000);
        assertThat(day.next()).isEmpty();
        assertThat(day.notes()).containsExactly(file + ": left out: 1 job that never ran");
        day.close();
    }

    @Test
    void mistakesAreOneLineWithTheirPlace() throws Exception {
        assertRefused(HEADER + "1 2 3\n", ":4: has 3 fields; a line of the Standard Workload Format has 18");
        assertRefused(
                HEADER + FIRST + SECOND.substring(0, 20),
                ":5: has 6 fields; a line of the Standard Workload Format has 18");
        assertRefused(HEADER + SECOND + FIRST, ":5: the clock goes back: it is submitted at 10 s, after a job at 12 s");
        assertRefused(
                HEADER + FIRST.replace(" 60 ", " six "),
                ":4: field 4, run time, is 'six', must be a number of seconds");
        assertRefused(
                HEADER + FIRST.replace(" 60 ", " NaN "),
                ":4: field 4, run time, is 'NaN', must be a number of seconds");
        assertRefused(HEADER + FIRST.replace(" 7 3 ", " 7 x "), ":4: field 13, group, is 'x', must be a whole number");
        assertRefused(
                HEADER + FIRST.replace(" 4 -1", " 3000000000 -1"),
                ":4: has 3000000000 processors, may have 2147483647");
        assertRefused("; UnixStartTime: soon\n", ":1: UnixStartTime is 'soon', must be a whole number of seconds");
    }

    private void assertRefused(String content, String message) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidDayException.class)
                .hasMessage(file + message);
    }

    @Test
    void aTruncatedFileIsNamedWithTheLastLine() throws Exception {
        byte[] packed = gzip(HEADER + FIRST.repeat(2_000));
        Path file = Files.write(temp.resolve("cut.swf.gz"), Arrays.copyOf(packed, packed.length - 20));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidDayException.class)
                .hasMessageMatching(".*cut\\.swf\\.gz:\\d+: the file is truncated: its compressed data end here");
    }

    @Test
    void damagedDataAreNamed() throws Exception {
        byte[] packed = gzip(HEADER + FIRST.repeat(2_000));
        Arrays.fill(packed, 30, 60, (byte) 0x55);
        Path file = Files.write(temp.resolve("bad.swf.gz"), packed);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidDayException.class)
                .hasMessageMatching("(?s).*bad\\.swf\\.gz:\\d+: .*");
    }

    @Test
    void aLineWithoutEndIsNotHeld() throws Exception {
        Path file = Files.writeString(temp.resolve("long.swf"), "1 ".repeat(600_000));
        assertThatThrownBy(() -> read(file)).hasMessage(file + ":1: the line is longer than 1048576 bytes");
    }

    @Test
    void missingFilesAndDirectoriesAreNamed() {
        Path missing = temp.resolve("missing.swf");
        assertThatThrownBy(() -> read(missing)).hasMessage(missing + ": no such file");
        assertThatThrownBy(() -> read(temp)).hasMessage(temp + ": is a directory");
    }

    static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
