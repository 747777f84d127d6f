package io.yardmaster.connectors.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the graph of a job from JSON: the fields of {@code JobGraph} and its stages by their names, all but those of other columns and the
 * parts. Stages are a list, because the order of an object's keys, which tells their tasks' indices, does not last in a database. The
 * scheduler checks the graph itself (G3).
 */
final class GraphDocument {
    /** So that it fits into one record of 1 MB with certainty, with the topic's other overhead. */
    static final int MOST_BYTES = 700_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String JOB = "the graph";
    private static final List<String> OF_JOB = List.of("stages", "priority", "commit", "cleanup", "on_failure", "name");
    private static final List<String> OF_STAGE = List.of(
            "name",
            "tasks",
            "after",
            "when",
            "attempts",
            "backoff_ms",
            "timeout_ms",
            "priority",
            "needs",
            "pool",
            "labels",
            "gang",
            "payload",
            "run");
    private static final List<String> OF_DEPENDENCY = List.of("stage", "each");

    /** More than a stage or a dependency takes besides its names and its payload. */
    private static final int STAGE_BYTES = 32;

    private static final long ANY_SESSION = -1;

    private long bytes;
    private long tasks;

    private GraphDocument() {}

    /**
     * Reads a document.
     *
     * @throws BadRowException if it is no such JSON, or too large for one record
     */
    static JobGraph read(String text, long group, long job) throws BadRowException {
        if (text.length() > MOST_BYTES) {
            throw tooLarge();
        }
        try {
            return new GraphDocument().graph(JSON.readTree(text), group, job);
        } catch (JsonProcessingException e) {
            throw new BadRowException("graph is no JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + place(e));
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line %s, column %s)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static BadRowException tooLarge() {
        return new BadRowException(
                "graph has more than %s bytes: a program can send it in parts".formatted(MOST_BYTES));
    }

    private JobGraph graph(JsonNode document, long group, long job) throws BadRowException {
        JsonFields fields = JsonFields.of(document, JOB, OF_JOB);
        JsonNode stages = fields.required("stages");
        if (!stages.isArray() || stages.isEmpty()) {
            throw new BadRowException("stages of the graph must be a list of one or more");
        }
        List<Stage> read = new ArrayList<>(stages.size());
        for (JsonNode stage : stages) {
            read.add(stage(stage, read.size()));
            if (bytes > MOST_BYTES) {
                throw tooLarge();
            }
        }
        return JobGraph.newBuilder()
                .setResourceGroupId(group)
                .setJobId(job)
                // That of the row may be over before the scheduler reads the graph, which would then be void.
                .setSessionId(ANY_SESSION)
                .setPriority(fields.whole("priority", 0))
                .setCommit(fields.flag("commit"))
                .setCleanup(fields.flag("cleanup"))
                .setOnFailure(fields.constant("on_failure", OnFailure.STOP))
                .setStages(read)
                .setName(document.has("name") ? fields.text("name") : "")
                .build();
    }

    private Stage stage(JsonNode node, int number) throws BadRowException {
        JsonFields fields = JsonFields.of(node, "stage " + number, OF_STAGE);
        String name = fields.text("name");
        JsonFields named = JsonFields.of(node, "stage '" + name + "'", OF_STAGE);
        Stage stage = Stage.newBuilder()
                .setName(name)
                .setTasks(named.whole("tasks", 1))
                .setAfter(dependencies(node.path("after"), name))
                .setWhen(named.constant("when", When.ALL))
                .setAttempts(named.whole("attempts", 1))
                .setBackoffMs(named.whole("backoff_ms", 0L))
                .setTimeoutMs(named.whole("timeout_ms", 0L))
                .setPriority(named.whole("priority", 0))
                .setNeeds(needs(node.path("needs"), name))
                .setPool(node.has("pool") ? named.text("pool") : "")
                .setLabels(labels(node.path("labels"), name))
                .setGang(named.flag("gang"))
                .setPayload(payload(node, name, named.whole("tasks", 1)))
                .build();
        bytes += STAGE_BYTES + utf8(name).length + stage.getPayload().remaining();
        tasks += stage.getTasks();
        return stage;
    }

    /** One or a list of them, each the name of a stage or an object. */
    private List<StageDependency> dependencies(JsonNode after, String stage) throws BadRowException {
        List<StageDependency> read = new ArrayList<>();
        for (JsonNode one : after.isArray() ? after : after.isMissingNode() ? List.<JsonNode>of() : List.of(after)) {
            if (one.isTextual()) {
                read.add(new StageDependency(one.textValue(), false));
            } else {
                JsonFields fields = JsonFields.of(one, "after of stage '" + stage + "'", OF_DEPENDENCY);
                read.add(new StageDependency(fields.text("stage"), fields.flag("each")));
            }
            bytes += STAGE_BYTES + utf8(read.get(read.size() - 1).getStage()).length;
        }
        return read;
    }

    private Map<String, Long> needs(JsonNode needs, String stage) throws BadRowException {
        Map<String, Long> read = new TreeMap<>();
        if (needs.isMissingNode()) {
            return read;
        }
        JsonFields fields = new JsonFields(needs, "needs of stage '" + stage + "'");
        if (!needs.isObject()) {
            throw new BadRowException(fields.what() + " must be an object with names of limits");
        }
        for (Iterator<String> limits = needs.fieldNames(); limits.hasNext(); ) {
            String limit = limits.next();
            read.put(limit, fields.whole(limit, 0L));
            bytes += STAGE_BYTES + utf8(limit).length;
        }
        return read;
    }

    private Map<String, String> labels(JsonNode labels, String stage) throws BadRowException {
        Map<String, String> read = new TreeMap<>();
        if (labels.isMissingNode()) {
            return read;
        }
        JsonFields fields = new JsonFields(labels, "labels of stage '" + stage + "'");
        if (!labels.isObject()) {
            throw new BadRowException(fields.what() + " must be an object with names of labels");
        }
        for (Iterator<String> names = labels.fieldNames(); names.hasNext(); ) {
            String label = names.next();
            read.put(label, fields.text(label));
            bytes += STAGE_BYTES + utf8(label).length + utf8(read.get(label)).length;
        }
        return read;
    }

    /** A text is taken as it is, anything else as JSON; a command as {@code work --run} wants it. */
    private ByteBuffer payload(JsonNode stage, String name, int count) throws BadRowException {
        JsonNode payload = stage.path("payload");
        JsonNode run = stage.path("run");
        byte[] written;
        if (!run.isMissingNode()) {
            if (!payload.isMissingNode()) {
                throw new BadRowException("stage '%s' has both run and payload".formatted(name));
            }
            if (!run.isTextual() || run.textValue().isBlank()) {
                throw new BadRowException("run of stage '%s' must be a command".formatted(name));
            }
            written = json(command(name, count, run.textValue()));
        } else if (payload.isMissingNode()) {
            return Payload.NONE;
        } else {
            written = payload.isTextual() ? utf8(payload.textValue()) : json(payload);
        }
        if (written.length > GraphLimits.PAYLOAD_BYTES) {
            throw new BadRowException("%s of stage '%s' has %s bytes, may have %s"
                    .formatted(
                            run.isMissingNode() ? "payload" : "run", name, written.length, GraphLimits.PAYLOAD_BYTES));
        }
        return ByteBuffer.wrap(written);
    }

    private Map<String, Object> command(String stage, int count, String run) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("stage", stage);
        command.put("first", tasks);
        command.put("tasks", count);
        command.put("run", run);
        return command;
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that was read as JSON cannot be written as JSON", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
