package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.TaskEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Records as a recorder writes them, of a deployment with one shard, with offsets that count from 0. */
public final class RecordingLines {
    private final Map<String, Long> offsets = new HashMap<>();

    /** The header of a recording that has all records. */
    public static RecordingHeader header() {
        return new RecordingHeader(
                "test",
                1,
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                false,
                new TreeMap<>(Map.of("fairness", "job")),
                List.of(new RecordingHeader.Start(RecordedTopic.READY, "", 0, 0, 0)));
    }

    /** Makes a recording of these records, to its end. */
    static void write(Path file, RecordedRecord... records) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), header())) {
            for (RecordedRecord record : records) {
                writer.write(record);
            }
            writer.end();
        }
    }

    private RecordedRecord line(RecordedTopic topic, long at, long job, ObjectNode value, int shard, long number) {
        return line(topic, "", at, job, value, shard, number);
    }

    private RecordedRecord line(
            RecordedTopic topic, String pool, long at, long job, ObjectNode value, int shard, long number) {
        long offset = offsets.merge(topic.id(pool), 1L, Long::sum) - 1;
        return new RecordedRecord(
                topic,
                pool,
                0,
                offset,
                at,
                Long.toString(job),
                value,
                Optional.empty(),
                Optional.empty(),
                shard,
                number,
                Optional.empty());
    }

    private static ObjectNode ofJob(long group, long job) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("resource_group_id", group)
                .put("job_id", job)
                .put("session_id", 1);
    }

    public RecordedRecord ready(long at, long group, long job, int first, int tasks) {
        ObjectNode value = ofJob(group, job).put("attempt", 0);
        var indices = value.putArray("task_indices");
        for (int i = 0; i < tasks; i++) {
            indices.add(first + i);
        }
        return line(RecordedTopic.READY, at, job, value, RecordedRecord.NO_SHARD, 0);
    }

    public RecordedRecord commit(long at, long group, long job) {
        return line(RecordedTopic.COMMIT, at, job, ofJob(group, job), RecordedRecord.NO_SHARD, 0);
    }

    private static ObjectNode task(AssignedTask task) {
        return ofJob(task.group(), task.job())
                .put("session_id", task.session())
                .put("kind", task.kind().name())
                .put("task_index", task.taskIndex())
                .put("attempt", task.attempt());
    }

    public RecordedRecord assigned(long at, long number, AssignedTask task) {
        return assigned(at, number, task, at);
    }

    public RecordedRecord assigned(long at, long number, AssignedTask task, long readyAt) {
        return line(RecordedTopic.DISPATCH, at, task.job(), task(task).put("ready_at", readyAt), 0, number);
    }

    /** The assignment of a task of a pool. */
    public RecordedRecord assigned(long at, long number, AssignedTask task, String pool) {
        ObjectNode value = task(task).put("ready_at", at).put("pool", pool);
        return line(RecordedTopic.DISPATCH, pool, at, task.job(), value, 0, number);
    }

    /** Tells a host of a pool that the scheduler counts on it no more: a record without a value, as older recorders kept it. */
    public RecordedRecord told(long at, String pool) {
        return new RecordedRecord(
                RecordedTopic.DISPATCH,
                pool,
                0,
                offsets.merge(RecordedTopic.DISPATCH.id(pool), 1L, Long::sum) - 1,
                at,
                "0",
                NullNode.getInstance(),
                Optional.empty(),
                Optional.empty(),
                RecordedRecord.NO_SHARD,
                RecordedRecord.NO_NUMBER,
                Optional.empty());
    }

    /** A graph as it was submitted, in one part. */
    public RecordedRecord graph(long at, Event.GraphSubmitted graph) {
        ObjectNode value = ofJob(graph.group(), graph.job())
                .put("priority", graph.priority())
                .put("commit", graph.commit())
                .put("cleanup", graph.cleanup())
                .put("on_failure", graph.onFailure().name())
                .put("part", graph.part())
                .put("parts", graph.parts());
        var stages = value.putArray("stages");
        for (GraphStage stage : graph.stages()) {
            ObjectNode one = stages.addObject()
                    .put("name", stage.name())
                    .put("tasks", stage.tasks())
                    .put("when", stage.when().name())
                    .put("attempts", stage.attempts())
                    .put("backoff_ms", stage.backoff())
                    .put("timeout_ms", stage.timeout())
                    .put("priority", stage.priority())
                    .put("pool", stage.pool())
                    .put("gang", stage.hosts().gang());
            ObjectNode labels = one.putObject("labels");
            stage.hosts().labels().forEach(labels::put);
            var after = one.putArray("after");
            stage.after()
                    .forEach(
                            name -> after.addObject().put("stage", name.stage()).put("each", name.each()));
            ObjectNode needs = one.putObject("needs");
            stage.needs().forEach(needs::put);
        }
        return line(RecordedTopic.GRAPHS, at, graph.job(), value, RecordedRecord.NO_SHARD, 0);
    }

    /** The policy of a pool that places its tasks on hosts. */
    public RecordedRecord placed(long at, String pool) {
        ObjectNode value =
                JsonNodeFactory.instance.objectNode().put("by", "ann").put("placement", "hosts");
        return new RecordedRecord(
                RecordedTopic.POLICY,
                "",
                0,
                offsets.merge(RecordedTopic.POLICY.id(""), 1L, Long::sum) - 1,
                at,
                "pool/" + pool,
                value,
                Optional.empty(),
                Optional.empty(),
                RecordedRecord.NO_SHARD,
                RecordedRecord.NO_NUMBER,
                Optional.empty());
    }

    /** A heartbeat in which a host with the label {@code zone=a} is another one than before. */
    public RecordedRecord host(long at, String pool, String host, long incarnation, Map<String, Long> total) {
        return host(at, pool, host, incarnation, total, true);
    }

    /** The last heartbeat of a host that is gone. */
    public RecordedRecord hostGone(long at, String pool, String host, long incarnation) {
        return host(at, pool, host, incarnation, Map.of("gpu", 1L), false);
    }

    private RecordedRecord host(
            long at, String pool, String host, long incarnation, Map<String, Long> total, boolean present) {
        ObjectNode value = JsonNodeFactory.instance
                .objectNode()
                .put("pool", pool)
                .put("host", host)
                .put("incarnation", incarnation);
        ObjectNode amounts = value.putObject("total");
        total.forEach(amounts::put);
        value.putObject("labels").put("zone", "a");
        value.put("present", present);
        return new RecordedRecord(
                RecordedTopic.HOSTS,
                "",
                0,
                0,
                at,
                pool,
                value,
                Optional.empty(),
                Optional.empty(),
                RecordedRecord.NO_SHARD,
                RecordedRecord.NO_NUMBER,
                Optional.empty());
    }

    public RecordedRecord command(long at, long job, Command command) {
        ObjectNode value = JsonNodeFactory.instance
                .objectNode()
                .put("job_id", job)
                .put("session_id", -1)
                .put("command", command.name())
                .put("priority", 0);
        return line(RecordedTopic.COMMANDS, at, job, value, RecordedRecord.NO_SHARD, 0);
    }

    public RecordedRecord ended(long at, long number, AssignedTask task, TaskEnd end) {
        return ended(at, number, task, end, at);
    }

    public RecordedRecord ended(long at, long number, AssignedTask task, TaskEnd end, long startedAt) {
        ObjectNode value = task(task)
                .put("result", end.name())
                .put("reason", "")
                .put("started_at", startedAt)
                .put("ended_at", at);
        return line(RecordedTopic.OUTCOMES, at, task.job(), value, RecordedRecord.NO_SHARD, number);
    }
}
