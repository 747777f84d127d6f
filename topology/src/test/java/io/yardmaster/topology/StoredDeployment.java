package io.yardmaster.topology;

import io.yardmaster.schemas.serde.MockSchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The contents of Kafka that a version left, in a text file: schemas in the order of their ids, records as they were,
 * and the assignments that must have been dispatched in the end.
 *
 * @param due names of those assignments, as {@link SimulatedStorage#name} makes them
 */
record StoredDeployment(List<String> schemas, List<ProducerRecord<byte[], byte[]>> records, List<String> due) {
    private static final String NOTHING = "-";

    static StoredDeployment empty() {
        return new StoredDeployment(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** @param topic name of the topic in the file */
    void add(String topic, ConsumerRecord<byte[], byte[]> found) {
        records.add(new ProducerRecord<>(
                topic, found.partition(), found.timestamp(), found.key(), found.value(), found.headers()));
    }

    /** Registers the schemas under their ids in an empty registry. */
    void registerIn(String mockRegistry) {
        MockSchemaRegistry registry = MockSchemaRegistry.named(mockRegistry);
        for (int i = 0; i < schemas.size(); i++) {
            int id = registry.register("stored", new Schema.Parser().parse(schemas.get(i)));
            if (id != i + 1) {
                throw new AssertionError("schema " + (i + 1) + " has id " + id);
            }
        }
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        schemas.forEach(schema -> lines.add("schema " + schema));
        records.forEach(record -> lines.add(String.join(
                " ",
                "record",
                record.topic(),
                String.valueOf(record.partition()),
                String.valueOf(record.timestamp()),
                encoded(record.key()),
                encoded(record.value()),
                headers(record.headers()))));
        due.forEach(name -> lines.add("due " + name));
        Files.write(file, lines);
    }

    static StoredDeployment read(Path file) throws IOException {
        StoredDeployment stored = empty();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ", 2);
            switch (parts[0]) {
                case "schema" -> stored.schemas.add(parts[1]);
                case "due" -> stored.due.add(parts[1]);
                case "record" -> stored.records.add(record(parts[1].split(" ", -1)));
                default -> throw new IOException(file + ": " + line);
            }
        }
        return stored;
    }

    private static ProducerRecord<byte[], byte[]> record(String[] parts) {
        Headers headers = new RecordHeaders();
        for (String header : parts[5].split(",", -1)) {
            if (!header.equals(NOTHING)) {
                String[] pair = header.split("=", 2);
                headers.add(pair[0], decoded(pair[1]));
            }
        }
        return new ProducerRecord<>(
                parts[0],
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                decoded(parts[3]),
                decoded(parts[4]),
                headers);
    }

    private static String headers(Headers headers) {
        String all = StreamSupport.stream(headers.spliterator(), false)
                .map(header -> header.key() + "=" + encoded(header.value()))
                .collect(Collectors.joining(","));
        return all.isEmpty() ? NOTHING : all;
    }

    private static String encoded(byte[] bytes) {
        return bytes == null
                ? NOTHING
                : Base64.getEncoder().withoutPadding().encodeToString(bytes).concat(".");
    }

    private static byte[] decoded(String text) {
        return text.equals(NOTHING) ? null : Base64.getDecoder().decode(text.substring(0, text.length() - 1));
    }
}
