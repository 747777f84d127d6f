package io.yardmaster.schemas.serde;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** One record of each type of the contract, and the contract's schemas as they were. */
final class Samples {
    static final String TOPIC = "yardmaster.ready";

    private Samples() {}

    static TaskReady taskReady(Integer... indices) {
        return new TaskReady(7L, 1234567890123L, 3L, List.of(indices), 2);
    }

    static List<SpecificRecord> ofEachType() {
        return List.of(
                taskReady(0, 1, 4711, Integer.MAX_VALUE),
                new CommitReady(7L, -1L, 3L),
                new CleanupReady(7L, 42L, 3L, false),
                new Session(Long.MAX_VALUE),
                new TaskAssignment(
                        99L,
                        7L,
                        42L,
                        TaskKind.CLEANUP,
                        -1,
                        0,
                        3L,
                        Instant.parse("2026-02-03T04:05:06.789Z"),
                        0L,
                        Payload.NONE,
                        "",
                        Map.of(),
                        ""));
    }

    /** The schema in version 1 of the contract. */
    static Schema version1(String name) {
        return read("/schemas/v1/" + name + ".avsc");
    }

    /** The schema before version 1 of the contract. */
    static Schema older(String name) {
        return read("/schemas/older/" + name + ".avsc");
    }

    private static Schema read(String resource) {
        try (InputStream in = Samples.class.getResourceAsStream(resource)) {
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T extends SpecificRecord> AvroSerde<T> serde(Map<String, ?> settings) {
        AvroSerde<T> serde = new AvroSerde<>();
        serde.configure(settings, false);
        return serde;
    }

    static <T extends SpecificRecord> AvroSerde<T> serde(String registry) {
        return serde(Map.of("schema.registry.url", registry));
    }
}
