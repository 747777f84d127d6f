package io.yardmaster.schemas.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A registry in the heap, shared by everything in one JVM that names it ({@code mock://name}); it lives as long as the
 * JVM. Ids count from 1; the same schema text has the same id under every subject. Takes any schema, compatible or not.
 */
public final class MockSchemaRegistry implements SchemaRegistry {
    public static final String SCHEME = "mock://";

    private static final Map<String, MockSchemaRegistry> BY_NAME = new ConcurrentHashMap<>();

    private final String name;
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Set<Integer>> subjects = new HashMap<>();

    private MockSchemaRegistry(String name) {
        this.name = name;
    }

    public static MockSchemaRegistry named(String name) {
        return BY_NAME.computeIfAbsent(name, MockSchemaRegistry::new);
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        int id = ids.computeIfAbsent(schema.toString(), text -> {
            schemas.add(schema);
            return schemas.size();
        });
        subjects.computeIfAbsent(subject, none -> new HashSet<>()).add(id);
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        Integer id = ids.get(schema.toString());
        if (id == null || !subjects.getOrDefault(subject, Set.of()).contains(id)) {
            throw new UnregisteredSchemaException(
                    "schema registry %s: %s is not registered under %s".formatted(this, schema.getFullName(), subject));
        }
        return id;
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new UnreadableRecordException("schema registry %s does not know schema id %s".formatted(this, id));
        }
        return schemas.get(id - 1);
    }

    @Override
    public String toString() {
        return SCHEME + name;
    }
}
