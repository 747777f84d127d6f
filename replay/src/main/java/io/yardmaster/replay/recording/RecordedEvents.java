package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The core's events of recorded records, which the scheduler's own checks have passed. Each method throws {@link
 * IllegalArgumentException} if a field is missing or has a value that this version does not know.
 */
final class RecordedEvents {
    private RecordedEvents() {}

    static Event ready(RecordedRecord record) {
        JsonNode value = record.value();
        JsonNode list = Fields.list(value, "task_indices");
        int[] indices = new int[list.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = list.get(i).asInt(-1);
            if (indices[i] < 0) {
                throw new IllegalArgumentException("the field task_indices must be a list of whole numbers from 0 on");
            }
        }
        return new Event.TasksReady(
                group(value), job(value), session(value), indices, attempt(value), record.timestampMs(), null);
    }

    static Event commit(RecordedRecord record) {
        JsonNode value = record.value();
        return new Event.CommitReady(group(value), job(value), session(value), record.timestampMs(), null);
    }

    static Event cleanup(RecordedRecord record) {
        JsonNode value = record.value();
        return new Event.CleanupReady(
                group(value), job(value), session(value), Fields.flag(value, "has_task"), record.timestampMs(), null);
    }

    static Event command(RecordedRecord record) {
        JsonNode value = record.value();
        return new Event.Commanded(
                job(value),
                session(value),
                Fields.constant(value, "command", Command.class),
                Fields.smallNumber(value, "priority"));
    }

    static Event outcome(RecordedRecord record) {
        JsonNode value = record.value();
        long ran = ran(value);
        return new Event.AssignmentEnded(
                record.number(),
                group(value),
                job(value),
                Fields.constant(value, "kind", TaskKind.class),
                Fields.smallNumber(value, "task_index"),
                attempt(value),
                session(value),
                Fields.constant(value, "result", TaskEnd.class),
                record.timestampMs(),
                ran,
                Fields.text(value, "reason"),
                null,
                Event.AssignmentEnded.wasPlaced(value.path("worker").asText(), ran));
    }

    /** As the scheduler reckons it: a task that ended before it began ran for a time that nobody knows. */
    private static long ran(JsonNode outcome) {
        long millis = Fields.number(outcome, "ended_at") - Fields.number(outcome, "started_at");
        return millis < 0 ? Event.AssignmentEnded.UNKNOWN : millis;
    }

    static Event graph(RecordedRecord record) {
        JsonNode value = record.value();
        List<GraphStage> stages = new ArrayList<>();
        Fields.list(value, "stages").forEach(stage -> stages.add(stage(stage)));
        return new Event.GraphSubmitted(
                group(value),
                job(value),
                session(value),
                Fields.smallNumber(value, "priority"),
                Fields.flag(value, "commit"),
                Fields.flag(value, "cleanup"),
                Fields.constant(value, "on_failure", OnFailure.class),
                stages,
                Fields.smallNumber(value, "part"),
                Fields.smallNumber(value, "parts"),
                record.timestampMs(),
                null);
    }

    private static GraphStage stage(JsonNode stage) {
        List<GraphStage.Dependency> after = new ArrayList<>();
        Fields.list(stage, "after")
                .forEach(one ->
                        after.add(new GraphStage.Dependency(Fields.text(one, "stage"), Fields.flag(one, "each"))));
        return new GraphStage(
                Fields.text(stage, "name"),
                Fields.smallNumber(stage, "tasks"),
                after,
                Fields.constant(stage, "when", GraphStage.When.class),
                Fields.smallNumber(stage, "attempts"),
                Fields.number(stage, "backoff_ms"),
                Fields.number(stage, "timeout_ms"),
                stage.has("priority") ? Fields.smallNumber(stage, "priority") : 0,
                Fields.numbers(stage, "needs"),
                stage.has("pool") ? Fields.text(stage, "pool") : "",
                new HostDemand(Map.of(), labels(stage), stage.has("gang") && Fields.flag(stage, "gang")),
                stage.has("payload")
                        ? Base64.getDecoder().decode(Fields.text(stage, "payload"))
                        : GraphStage.NO_PAYLOAD);
    }

    private static Map<String, String> labels(JsonNode stage) {
        Map<String, String> labels = new TreeMap<>();
        stage.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static long group(JsonNode value) {
        return Fields.number(value, "resource_group_id");
    }

    private static long job(JsonNode value) {
        return Fields.number(value, "job_id");
    }

    private static long session(JsonNode value) {
        return Fields.number(value, "session_id");
    }

    private static int attempt(JsonNode value) {
        return Fields.smallNumber(value, "attempt");
    }
}
