package io.yardmaster.replay.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.replay.InvalidDayException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Streams the records of a recording, in the order of the file: a partition's by offset, and those of several partitions by their
 * timestamps. Keeps one block in memory. A file that was cut off is read up to its last complete block.
 *
 * <p>Each method throws {@link InvalidDayException} if the file cannot be read.
 */
public final class RecordingReader implements AutoCloseable {
    static final String GAP = "gap";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_LINES = 2 * RecordingWriter.MOST_LINES;

    private final Path file;
    private final Set<RecordedTopic> topics;

    private final InputStream raw;
    private final BoundedLines lines;
    private final RecordingHeader header;
    private final Map<RecordedTopic, Long> counts = new EnumMap<>(RecordedTopic.class);
    private final ClockChecks clocks = new ClockChecks();
    private final List<String> gaps = new ArrayList<>();
    private BlockRecords block = BlockRecords.NONE;
    private long records;
    private long lineNumber;
    private boolean finished;
    private boolean whole;

    private RecordingReader(Path file, InputStream raw, Set<RecordedTopic> topics) throws IOException {
        this.file = file;
        this.topics = topics;
        this.raw = raw;
        try {
            this.lines = new BoundedLines(new GZIPInputStream(raw, 1 << 16));
        } catch (ZipException | EOFException e) {
            throw new InvalidDayException(file + ": is no recording: it is not compressed by gzip");
        }
        this.header = readHeader();
    }

    /** Opens a recording and reads its header. */
    public static RecordingReader open(Path file) {
        return open(file, EnumSet.allOf(RecordedTopic.class));
    }

    /** Opens a recording and reads its header; of the records only those of these topics will be returned. */
    public static RecordingReader open(Path file, Set<RecordedTopic> topics) {
        InputStream raw = null;
        try {
            raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            return new RecordingReader(file, raw, topics);
        } catch (NoSuchFileException e) {
            throw new InvalidDayException(file + ": no such file");
        } catch (IOException e) {
            close(raw);
            throw new InvalidDayException(file + ": cannot be read: " + e.getMessage());
        } catch (InvalidDayException e) {
            close(raw);
            throw e;
        }
    }

    private static void close(InputStream raw) {
        try {
            if (raw != null) {
                raw.close();
            }
        } catch (IOException e) {
            throw new InvalidDayException("cannot be closed: " + e.getMessage());
        }
    }

    private RecordingHeader readHeader() throws IOException {
        try {
            if (!nextLine()) {
                throw new InvalidDayException(file + ": is no recording: it is empty");
            }
            return RecordingHeader.of(JSON.readTree(lines.bytes(), 0, lines.length()));
        } catch (IllegalArgumentException e) {
            throw new InvalidDayException(file + ": " + e.getMessage());
        } catch (JsonProcessingException e) {
            throw new InvalidDayException(file + ": is no recording: its first line is no JSON");
        } catch (EOFException | ZipException e) {
            throw new InvalidDayException(file + ": is cut off in its first block");
        }
    }

    public RecordingHeader header() {
        return header;
    }

    /** The next record; empty at the end. */
    public Optional<RecordedRecord> next() {
        RecordRow next = nextRow();
        try {
            return next == null ? Optional.empty() : Optional.of(next.record());
        } catch (IllegalArgumentException e) {
            throw new InvalidDayException("%s: %s: %s".formatted(file, next.place(), e.getMessage()));
        }
    }

    /** The next record; null at the end. */
    RecordRow nextRow() {
        RecordRow next = block.next();
        while (next == null && !finished) {
            readBlock();
            next = block.next();
        }
        if (next != null) {
            clocks.see(next);
        }
        return next;
    }

    /** The number of records in the blocks that were read, those of other topics included. */
    public long records() {
        return records;
    }

    /** The number of records of each topic in the blocks that were read, but for those of other topics. */
    public Map<RecordedTopic, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** Returns whether the end of the recording was reached; if not, at the end of the file, it was cut off. */
    public boolean isWhole() {
        return whole;
    }

    /** A sentence for each thing about the records so far that a user should know. */
    public List<String> notices() {
        List<String> all = new ArrayList<>(gaps);
        all.addAll(clocks.notices());
        if (finished && !whole) {
            all.add(file + ": is cut off: it has no end; " + records + " records of complete blocks are read");
        }
        return all;
    }

    private void readBlock() {
        block = BlockRecords.NONE;
        BlockLines read = new BlockLines(this::wrong);
        List<String> lost = new ArrayList<>();
        try {
            for (int count = 0; count < MOST_LINES; count++) {
                if (!nextLine()) {
                    finished = true;
                    return;
                }
                if (lines.startsWith(ColumnText.BEGINNING)) {
                    read.column(lines, lineNumber, topics);
                    continue;
                }
                JsonNode json = JSON.readTree(lines.bytes(), 0, lines.length());
                if (json.has(RecordingWriter.BLOCK)) {
                    block = read.records(topics);
                    records += block.records();
                    block.count(counts);
                    gaps.addAll(lost);
                    return;
                }
                if (json.has(RecordingWriter.END)) {
                    end(json);
                    return;
                }
                if (json.has(GAP)) {
                    lost.add(gap(json.path(GAP)));
                } else {
                    read.line(json);
                }
            }
            throw wrong(lineNumber, "a block has more than " + MOST_LINES + " lines");
        } catch (EOFException | ZipException e) {
            finished = true; // and not whole, which notices() tells
        } catch (JsonProcessingException e) {
            throw wrong(lineNumber, "is no JSON");
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(lineNumber, e.getMessage());
        } catch (IOException e) {
            throw new InvalidDayException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private void end(JsonNode json) throws IOException {
        finished = true;
        long expected = Fields.number(json, "records");
        if (expected != records) {
            throw wrong(lineNumber, "the recording has %s records, but its end says %s".formatted(records, expected));
        }
        // The last block's own end, and then the file's; the checksum in between is checked, too.
        whole = nextLine() && !nextLine();
    }

    private static String gap(JsonNode gap) {
        return "%s-%s: the records from offset %s to %s were deleted before they could be recorded"
                .formatted(
                        Fields.text(gap, "topic"),
                        Fields.number(gap, "partition"),
                        Fields.number(gap, "first"),
                        Fields.number(gap, "next") - 1);
    }

    private boolean nextLine() throws IOException {
        lineNumber++;
        return lines.next();
    }

    private InvalidDayException wrong(long line, String reason) {
        return new InvalidDayException("%s: line %s: %s".formatted(file, line, reason));
    }

    @Override
    public void close() {
        close(raw);
    }
}
