package io.yardmaster.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.InvalidDayException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {
    @TempDir
    Path directory;

    private static final String TABLE = "{\"table\":\"ready\",\"records\":2}\n";
    private static final String BLOCK = "{\"block\":1,\"records\":2}\n";

    private final RecordingLines lines = new RecordingLines();
    private final List<String> written = new ArrayList<>();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("day.jsonl.gz");
    }

    private RecordedRecord ready(long at) {
        return lines.ready(at, 2, 7, written.size(), 1);
    }

    private void write(RecordingWriter writer, RecordedRecord record) throws IOException {
        writer.write(record);
        written.add(record.json().toString());
    }

    private void record(int records) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            for (int i = 0; i < records; i++) {
                write(writer, ready(1_000 + i));
                if (i % 10 == 9) {
                    writer.flush();
                }
            }
            writer.end();
        }
    }

    private static List<String> readAll(RecordingReader reader) {
        List<String> all = new ArrayList<>();
        for (Optional<RecordedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            all.add(next.get().json().toString());
        }
        return all;
    }

    @Test
    void aRecordingIsReadAsItWasWritten() throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            write(writer, ready(5));
            write(writer, lines.commit(6, 2, 7));
            write(writer, lines.assigned(7, 1, new AssignedTask(1, 2, 7, TaskKind.TASK, 0, 0)));
            write(writer, lines.assigned(7, 2, new AssignedTask(1, 2, 7, TaskKind.TASK, 1, 0), "gpu"));
            write(writer, lines.assigned(8, 3, new AssignedTask(1, 2, 7, TaskKind.TASK, 2, 0)));
            write(writer, lines.host(60_000, "gpu", "node2", 1, Map.of("gpu", 2L)));
            write(writer, lines.hostGone(9, "gpu", "node1", 1));
            writer.end();
        }
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.header()).isEqualTo(RecordingLines.header());
            assertThat(readAll(reader)).isEqualTo(written);
            assertThat(reader.isWhole()).isTrue();
            assertThat(reader.notices()).isEmpty();
        }
    }

    @Test
    void aFileThatIsCutOffAnywhereIsReadUpToItsLastCompleteBlock() throws IOException {
        record(100);
        byte[] all = Files.readAllBytes(file);
        int longest = 0;
        for (int length = all.length - 1; length > 0; length -= 7) {
            Files.write(file, Arrays.copyOf(all, length));
            try (RecordingReader reader = RecordingReader.open(file)) {
                List<String> read = readAll(reader);
                assertThat(read).as("%s bytes", length).isEqualTo(written.subList(0, read.size()));
                assertThat(read.size() % 10).isZero();
                assertThat(reader.isWhole()).isFalse();
                assertThat(reader.notices())
                        .containsExactly(file + ": is cut off: it has no end; " + read.size()
                                + " records of complete blocks are read");
                longest = Math.max(longest, read.size());
            } catch (InvalidDayException e) {
                assertThat(e).hasMessageStartingWith(file.toString()).hasMessageNotContaining("\n");
                assertThat(length).as(e.getMessage()).isLessThan(500);
            }
        }
        assertThat(longest).isEqualTo(100);
    }

    @Test
    void aWriterThatIsKilledLeavesAllThatWasFlushed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        @SuppressWarnings("resource") // a process that is killed closes nothing
        RecordingWriter writer = new RecordingWriter(bytes, RecordingLines.header());
        write(writer, ready(5));
        writer.flush();
        writer.write(lines.ready(6, 2, 8, 0, 1));
        Files.write(file, bytes.toByteArray());
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(readAll(reader)).isEqualTo(written);
            assertThat(reader.isWhole()).isFalse();
        }
    }

    @Test
    void aClockThatGoesBackIsOneLineAndOffsetsDecide() throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            for (long at : List.of(5_000, 3_000, 4_000, 6_000)) {
                write(writer, ready(at));
            }
            writer.end();
        }
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(readAll(reader)).isEqualTo(written);
            assertThat(reader.notices())
                    .containsExactly(
                            "ready-0: the clock goes back: 2 records, up to 2000 ms older than one before; the order of the offsets counts");
        }
    }

    @Test
    void aGapIsOneLine() throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            writer.gap(RecordedTopic.DISPATCH, "", 3, 10, 20);
            writer.gap(RecordedTopic.DISPATCH, "gpu", 0, 0, 1);
            writer.end();
        }
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(readAll(reader)).isEmpty();
            assertThat(reader.notices())
                    .containsExactly(
                            "dispatch-3: the records from offset 10 to 19 were deleted before they could be recorded",
                            "dispatch.gpu-0: the records from offset 0 to 0 were deleted before they could be recorded");
        }
    }

    /** Records of all topics in any order, with fields that some have and others have not. */
    @Test
    void recordsOfManyTopicsAndPartitionsKeepTheirOrderAndTheirFields() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long[] offsets = new long[8];
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            for (int i = 0; i < 2_000; i++) {
                int partition = random.nextInt(4);
                boolean isAssignment = random.nextBoolean();
                ObjectNode value = JsonNodeFactory.instance.objectNode().put("job_id", random.nextLong());
                if (random.nextBoolean()) {
                    value.put("reason", random.nextInt(3) == 0 ? "7" : "it's \"so\" \u00fc \n");
                }
                value.putArray("task_indices").add(random.nextInt());
                value.put("cost", random.nextInt(3) / 2.0);
                write(
                        writer,
                        new RecordedRecord(
                                isAssignment ? RecordedTopic.DISPATCH : RecordedTopic.READY,
                                isAssignment && partition == 3 ? "gpu" : "",
                                partition,
                                offsets[partition + (isAssignment ? 4 : 0)] += 1 + random.nextInt(2),
                                random.nextInt(10) + 10L * i,
                                random.nextInt(4) == 0 ? "07" : Long.toString(random.nextLong()),
                                random.nextInt(9) == 0 ? NullNode.getInstance() : value,
                                random.nextInt(4) == 0 ? Optional.of("new") : Optional.empty(),
                                random.nextInt(4) == 0 ? Optional.of("no sense") : Optional.empty(),
                                random.nextInt(2) - 1,
                                random.nextInt(3),
                                random.nextInt(4) == 0 ? Optional.of("AA==") : Optional.empty()));
                if (random.nextInt(200) == 0) {
                    writer.flush();
                }
            }
            writer.end();
        }
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(readAll(reader)).as("seed %s", seed).isEqualTo(written);
            assertThat(reader.isWhole()).isTrue();
        }
        for (RecordedTopic topic : List.of(RecordedTopic.READY, RecordedTopic.DISPATCH)) {
            try (RecordingReader reader = RecordingReader.open(file, Set.of(topic))) {
                assertThat(readAll(reader))
                        .as("seed %s", seed)
                        .isEqualTo(written.stream()
                                .filter(line -> line.startsWith("{\"topic\":\"" + topic.id()))
                                .toList());
                assertThat(reader.records()).isEqualTo(written.size());
            }
        }
    }

    @Test
    void olderFormatsAreReadAsBefore() throws IOException {
        for (int format = 1; format <= 3; format++) {
            String header = RecordingLines.header()
                    .json()
                    .put(RecordingHeader.FORMAT_FIELD, format)
                    .toString();
            String first = lines.ready(5, 2, 7, 0, 1).json().toString();
            String second = lines.assigned(6, 1, new AssignedTask(1, 2, 7, TaskKind.TASK, 0, 0))
                    .json()
                    .toString();
            compress(header + "\n{\"block\":1,\"records\":0}\n" + first + "\n" + second
                    + "\n{\"block\":2,\"records\":2}\n");
            try (RecordingReader reader = RecordingReader.open(file)) {
                assertThat(reader.header()).isEqualTo(RecordingLines.header());
                assertThat(readAll(reader)).containsExactly(first, second);
            }
            try (RecordingReader reader = RecordingReader.open(file, Set.of(RecordedTopic.DISPATCH))) {
                assertThat(readAll(reader)).containsExactly(second);
                assertThat(reader.records()).isEqualTo(2);
            }
        }
    }

    @Test
    void anotherFormatIsOneLine() throws IOException {
        compress("{\"yardmaster_recording\":5,\"written_by\":\"9.1\"}\n");
        assertRefused(file + ": is a recording of format 5, written by version 9.1; this version reads formats 1 to 4");
    }

    @Test
    void aFileThatIsNoRecordingIsOneLine() throws IOException {
        assertRefused(file + ": no such file");
        Files.writeString(file, "resource_group_id,job_id\n");
        assertRefused(file + ": is no recording: it is not compressed by gzip");
        compress("");
        assertRefused(file + ": is no recording: it is empty");
        compress("1,2,3\n");
        assertRefused(file + ": is no recording: its first line is no JSON");
        compress("{}\n");
        assertRefused(file + ": is no recording: its first line has no field yardmaster_recording");
    }

    @Test
    void aWrongLineIsNamed() throws IOException {
        String header = RecordingLines.header().json() + "\n";
        for (String[] wrong : new String[][] {
            {"nonsense\n", "line 2: is no JSON"},
            {"{\"topic\":\"lanes\"}\n", "line 2: unknown topic lanes: must be one of ready, commit, cleanup"},
            {"{\"topic\":\"ready\",\"partition\":\"x\"}\n", "line 2: the field partition must be a whole number"},
            {
                "{\"table\":\"lanes\",\"records\":1}\n",
                "line 2: unknown topic lanes: must be one of ready, commit, cleanup"
            },
            {"{\"table\":\"ready\",\"records\":0}\n", "line 2: a block must have 1 to 10000 records"},
            {"{\"table\":\"ready\",\"records\":10001}\n", "line 2: a block must have 1 to 10000 records"},
            {"{\"column\":\"key\",\"all\":\"7\"}\n", "line 2: a column must come behind its table"},
            {TABLE + BLOCK, "line 3: the field order must have each record of the tables once"},
            {TABLE + "{\"order\":[0]}\n" + BLOCK, "line 4: the field order must have each record of the tables once"},
            {TABLE + "{\"order\":[0,1]}\n" + BLOCK, "line 4: the field order must have each record of the tables once"},
            {
                TABLE + "{\"order\":[0,2,0,1]}\n" + BLOCK,
                "line 4: the field order must have each record of the tables once"
            },
            {TABLE + "{\"order\":[1,2]}\n" + BLOCK, "line 4: the field order must have each record of the tables once"},
            {TABLE + "{\"order\":[0,2]}\n" + BLOCK, "line 4: the field partition must be a whole number"},
            {
                TABLE + "{\"column\":\"partition\",\"steps\":[1]}\n{\"order\":[0,2]}\n" + BLOCK,
                "line 3: the field steps must be a list of whole numbers, as many as the records have"
            },
            {"{\"end\":true,\"records\":3}\n", "line 2: the recording has 0 records, but its end says 3"},
        }) {
            compress(header + wrong[0]);
            try (RecordingReader reader = RecordingReader.open(file)) {
                assertThatExceptionOfType(InvalidDayException.class)
                        .isThrownBy(reader::next)
                        .withMessageStartingWith(file + ": " + wrong[1]);
            }
        }
    }

    @Test
    void eachBlockIsWrittenWithoutMoreThanTenThousandRecordsInMemory() throws IOException {
        record(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordingWriter writer = new RecordingWriter(bytes, RecordingLines.header())) {
            int begun = bytes.size();
            for (int i = 0; i < RecordingWriter.MOST_RECORDS - 1; i++) {
                writer.write(lines.commit(i, 1, 1));
            }
            assertThat(bytes.size()).as("less than 1 MB may wait").isGreaterThan(begun);
            writer.end();
        }
        String text = new String(
                new GZIPInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray())).readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.startsWith("{\"block\""))).hasSizeGreaterThan(2);
    }

    private void compress(String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(InvalidDayException.class)
                .isThrownBy(() -> RecordingReader.open(file))
                .withMessage(message);
    }
}
