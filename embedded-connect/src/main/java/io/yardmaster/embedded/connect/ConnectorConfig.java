package io.yardmaster.embedded.connect;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configurations and DDL for users, with the addresses of the servers of a test. */
public final class ConnectorConfig {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STORAGE = "storage";

    /** Only a sink has these. */
    private static final String TOPICS = "topics";

    private static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";

    private ConnectorConfig() {}

    /**
     * A configuration for one database.
     *
     * @param database its name, which is also the name of the slot and the prefix of all topics
     */
    public static Map<String, String> of(
            Path file, DatabaseServer server, String database, String kafka, String registry) throws IOException {
        Map<String, String> config =
                new HashMap<>(JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {}));
        config.replaceAll(
                (key, value) -> value.replaceFirst(":\\d+/" + STORAGE + "$", ":" + server.port() + "/" + database)
                        .replace("${env:STORAGE_DB_USER}", "yardmaster")
                        .replace("${env:STORAGE_DB_PASSWORD}", "change-me")
                        .replace("http://127.0.0.1:7070/registry", registry)
                        .replace("127.0.0.1:9092", kafka));
        config.computeIfPresent("database.port", (key, value) -> Integer.toString(server.port()));
        config.computeIfPresent("database.dbname", (key, value) -> database);
        config.computeIfPresent("database.include.list", (key, value) -> database);
        config.computeIfPresent("database.server.id", (key, value) -> Integer.toString(database.hashCode() & 0xFFFFFF));
        config.computeIfPresent("slot.name", (key, value) -> database);
        config.computeIfPresent("table.include.list", (key, value) -> value.replace(STORAGE + ".", database + "."));
        config.computeIfPresent("schema.history.internal.kafka.topic", (key, value) -> database + "-history");
        config.computeIfPresent("topic.prefix", (key, value) -> database);
        if (config.containsKey(TOPICS)) {
            for (String key : List.of(TOPICS, DEAD_LETTERS)) {
                config.computeIfPresent(key, (name, value) -> value.replace("yardmaster.", database + "."));
            }
        } else {
            config.put("yardmaster.topic.prefix", database + ".");
        }
        return config;
    }

    /** DDL that makes a replication slot for one database. */
    public static String ddl(String sql, String database) {
        return sql.replace("('yardmaster', 'pgoutput')", "('%s', 'pgoutput')".formatted(database));
    }
}
