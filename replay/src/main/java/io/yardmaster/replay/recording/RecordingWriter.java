package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a recording. A block is kept in memory, up to about 1 MB as text, and written at once: a file whose writer was killed is good
 * up to its last complete block.
 */
public final class RecordingWriter implements AutoCloseable {
    static final int MOST_RECORDS = 10_000;
    static final int MOST_LINES = 10_000;
    static final String BLOCK = "block";
    static final String END = "end";

    private static final int MOST_BYTES = 1 << 20;
    private static final int BYTES_BESIDE_VALUE = 100;
    private static final int BYTES_OF_FIELD = 16;

    private final OutputStream out;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final Map<RecordedTopic, Long> counts = new EnumMap<>(RecordedTopic.class);
    private BlockTables block = new BlockTables();
    /** About how many bytes the records of the block would have, each as a line by itself. */
    private long bytes;

    private long records;
    private long blocks;
    private boolean ended;

    /**
     * Begins a recording.
     *
     * @param out is closed by this
     */
    public RecordingWriter(OutputStream out, RecordingHeader header) throws IOException {
        this.out = out;
        append(header.json());
        flush();
    }

    /** The number of records so far. */
    public long records() {
        return records;
    }

    /** The number of records of each topic so far. */
    public Map<RecordedTopic, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** Appends a record, which is in the file at the next flush, or when the block is full. */
    public void write(RecordedRecord record) throws IOException {
        block.add(record);
        bytes += BYTES_BESIDE_VALUE + bytes(record.value());
        records++;
        counts.merge(record.topic(), 1L, Long::sum);
        if (block.records() >= MOST_RECORDS || block.lines() >= MOST_LINES || bytes >= MOST_BYTES) {
            flush();
        }
    }

    private static long bytes(JsonNode value) {
        long bytes = value.isTextual() ? BYTES_OF_FIELD + value.textValue().length() : BYTES_OF_FIELD;
        for (JsonNode field : value) {
            bytes += bytes(field);
        }
        return bytes;
    }

    /** Notes that records were deleted before they could be recorded. */
    public void gap(RecordedTopic topic, String pool, int partition, long first, long next) throws IOException {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.putObject(RecordingReader.GAP)
                .put("topic", topic.id(pool))
                .put("partition", partition)
                .put("first", first)
                .put("next", next);
        append(line);
    }

    private void append(ObjectNode line) {
        byte[] one = line.toString().getBytes(StandardCharsets.UTF_8);
        text.write(one, 0, one.length);
        text.write('\n');
    }

    /** Writes the block, if there is anything in it. */
    public void flush() throws IOException {
        if (text.size() == 0 && block.records() == 0) {
            return;
        }
        if (block.records() > 0) {
            block.write(this::append);
        }
        append(JsonNodeFactory.instance.objectNode().put(BLOCK, ++blocks).put(BlockRecords.RECORDS, block.records()));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            text.writeTo(gzip);
        }
        compressed.writeTo(out);
        out.flush();
        text.reset();
        block = new BlockTables();
        bytes = 0;
    }

    /** Ends the recording with the numbers of its records, by which a reader knows that it is whole. */
    public void end() throws IOException {
        flush();
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(END, true);
        line.put("records", records);
        line.set("by_topic", RecordingHeader.counts(counts));
        append(line);
        flush();
        ended = true;
    }

    /** Closes the file; without {@link #end} before, it counts as truncated. */
    @Override
    public void close() throws IOException {
        try {
            if (!ended) {
                flush();
            }
        } finally {
            out.close();
        }
    }
}
