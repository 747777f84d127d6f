package io.yardmaster.app.workflow;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a WfFormat document and holds one task of it at a time. Fields that do not describe the graph (files, machines,
 * commands, metrics, additions of a tool) are passed over, however large they are.
 */
final class DocumentReader {
    private static final Set<String> OBJECTS = Set.of("", "workflow", "workflow.specification", "workflow.execution");
    private static final Set<String> VALUES = Set.of("name", "schemaVersion", "workflow.execution.makespanInSeconds");
    private static final Set<String> OF_A_TASK = Set.of("id", "name", "parents", "children", "runtimeInSeconds");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String file;
    private final JsonParser parser;
    private final Map<String, Consumer<JsonField>> tasks;
    private final WorkflowBounds bounds;

    /**
     * Reads one document.
     *
     * @param tasks consumers of the elements of arrays, by the array's path
     * @param bounds count the elements of the lists of all tasks
     */
    DocumentReader(String file, JsonParser parser, Map<String, Consumer<JsonField>> tasks, WorkflowBounds bounds) {
        this.file = file;
        this.parser = parser;
        this.tasks = tasks;
        this.bounds = bounds;
    }

    /** The document without its tasks, which have been handed on in their order: their arrays are empty. */
    JsonField read() throws IOException {
        JsonNode document = parser.nextToken() == null ? MissingNode.getInstance() : node("");
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "more follows after the document");
        }
        return new JsonField(file, "", document);
    }

    private JsonNode node(String path) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT && OBJECTS.contains(path)) {
            return object(path);
        }
        Consumer<JsonField> taker = tasks.get(path);
        if (parser.currentToken() == JsonToken.START_ARRAY && taker != null) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                taker.accept(new JsonField(file, path + "[" + i + "]", task()));
            }
            return NODES.arrayNode();
        }
        return scalar();
    }

    private ObjectNode object(String path) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String inner = path.isEmpty() ? name : path + "." + name;
            boolean wanted = OBJECTS.contains(inner) || VALUES.contains(inner) || tasks.containsKey(inner);
            if (wanted) {
                requireNew(object, name);
            }
            parser.nextToken();
            if (wanted) {
                object.set(name, node(inner));
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }

    private JsonNode task() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return scalar();
        }
        ObjectNode task = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            boolean wanted = OF_A_TASK.contains(name);
            if (wanted) {
                requireNew(task, name);
            }
            parser.nextToken();
            if (wanted) {
                task.set(name, parser.currentToken() == JsonToken.START_ARRAY ? list() : scalar());
            } else {
                parser.skipChildren();
            }
        }
        return task;
    }

    private ArrayNode list() throws IOException {
        ArrayNode list = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            bounds.link();
            list.add(scalar());
        }
        return list;
    }

    /** A value; of an object or array in its place, only an empty one. */
    private JsonNode scalar() throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                parser.skipChildren();
                return NODES.objectNode();
            }
            case START_ARRAY -> {
                parser.skipChildren();
                return NODES.arrayNode();
            }
            default -> {
                return parser.readValueAsTree();
            }
        }
    }

    private void requireNew(ObjectNode object, String name) throws IOException {
        if (object.has(name)) {
            throw new JsonParseException(parser, "Duplicate field '" + name + "'", parser.currentTokenLocation());
        }
    }
}
