package io.yardmaster.schemas.serde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The ids of the schemas of written records. Asks the registry once per topic and schema. Thread-safe. */
final class SchemaIds {
    private final SchemaRegistry registry;
    private final String suffix;
    private final boolean autoRegister;
    // A schema caches its hash and is equal to itself without a comparison, so that a hit costs two plain look-ups.
    private final Map<String, Map<Schema, Integer>> ids = new ConcurrentHashMap<>();

    SchemaIds(SchemaRegistry registry, boolean isKey, boolean autoRegister) {
        this.registry = registry;
        this.suffix = isKey ? "-key" : "-value";
        this.autoRegister = autoRegister;
    }

    int of(String topic, Schema schema) {
        Map<Schema, Integer> ofTopic = ids.get(topic);
        Integer id = ofTopic == null ? null : ofTopic.get(schema);
        return id != null ? id : ask(topic, schema);
    }

    private int ask(String topic, Schema schema) {
        String subject = topic + suffix;
        int id = autoRegister ? registry.register(subject, schema) : registry.idOf(subject, schema);
        ids.computeIfAbsent(topic, none -> new ConcurrentHashMap<>()).put(schema, id);
        return id;
    }
}
