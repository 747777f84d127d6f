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

    static Event ready(RecordRow record) {
        int[] indices = record.indices("task_indices");
        return new Event.TasksReady(
                group(record), job(record), session(record), indices, attempt(record), record.timestampMs(), null);
    }

    static Event commit(RecordRow record) {
        return new Event.CommitReady(group(record), job(record), session(record), record.timestampMs(), null);
    }

    static Event cleanup(RecordRow record) {
        return new Event.CleanupReady(
                group(record), job(record), session(record), record.flag("has_task"), record.timestampMs(), null);
    }

    static Event command(RecordRow record) {
        return new Event.Commanded(
                job(record),
                session(record),
                record.constant("command", Command.class),
                record.smallNumber("priority"));
    }

    static Event outcome(RecordRow record) {
        long ran = ran(record);
        return new Event.AssignmentEnded(
                record.number(),
                group(record),
                job(record),
                record.constant("kind", TaskKind.class),
                record.smallNumber("task_index"),
                attempt(record),
                session(record),
                record.constant("result", TaskEnd.class),
                record.timestampMs(),
                ran,
                record.text("reason"),
                null,
                Event.AssignmentEnded.wasPlaced(record.value("worker").asText(), ran));
    }

    /** As the scheduler reckons it: a task that ended before it began ran for a time that nobody knows. */
    private static long ran(RecordRow outcome) {
        long millis = outcome.number("ended_at") - outcome.number("started_at");
        return millis < 0 ? Event.AssignmentEnded.UNKNOWN : millis;
    }

    static Event graph(RecordRow record) {
        List<GraphStage> stages = new ArrayList<>();
        record.list("stages").forEach(stage -> stages.add(stage(stage)));
        return new Event.GraphSubmitted(
                group(record),
                job(record),
                session(record),
                record.smallNumber("priority"),
                record.flag("commit"),
                record.flag("cleanup"),
                record.constant("on_failure", OnFailure.class),
                stages,
                record.smallNumber("part"),
                record.smallNumber("parts"),
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

    private static long group(RecordRow record) {
        return record.number("resource_group_id");
    }

    private static long job(RecordRow record) {
        return record.number("job_id");
    }

    private static long session(RecordRow record) {
        return record.number("session_id");
    }

    private static int attempt(RecordRow record) {
        return record.smallNumber("attempt");
    }
}
