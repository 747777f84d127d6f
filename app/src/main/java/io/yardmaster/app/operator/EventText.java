package io.yardmaster.app.operator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.app.terminal.Printable;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TraceContext;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** An event as one line. */
public final class EventText {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private EventText() {}

    /** For people: {@code 2027-03-01T06:00:00.000Z job 7 (group 3) tasks ready, tasks 0-99: reason (by anna) [trace 4bf9…]}. */
    public static String line(TracedEvent traced) {
        JobEvent event = traced.event();
        StringBuilder line = new StringBuilder(TIME.format(event.getAt()));
        line.append(" job ").append(event.getJobId());
        if (event.getResourceGroupId() != -1) {
            line.append(" (group ").append(event.getResourceGroupId()).append(')');
        }
        line.append(' ').append(what(event)).append(range(event));
        if (event.getWhat() == JobEventKind.JOB_PRIORITIZED) {
            line.append(", priority ").append(event.getPriority());
        }
        if (event.getAttempt() > 0) {
            line.append(", attempt ").append(event.getAttempt());
        }
        if (!event.getReason().isEmpty()) {
            line.append(": ").append(event.getReason());
        }
        if (!event.getBy().isEmpty()) {
            line.append(" (by ").append(event.getBy()).append(')');
        }
        traced.trace()
                .ifPresent(
                        trace -> line.append(" [trace ").append(trace.traceId()).append(']'));
        return Printable.line(line.toString());
    }

    /**
     * For programs: a JSON object with the names, and the values on the wire, of the schema's fields, and the headers of its trace, if it has
     * one.
     */
    public static String json(TracedEvent traced) {
        JobEvent event = traced.event();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", event.getAt().toEpochMilli());
        json.put("job_id", event.getJobId());
        json.put("resource_group_id", event.getResourceGroupId());
        json.put("session_id", event.getSessionId());
        json.put("what", event.getWhat().name());
        json.put("first_task", event.getFirstTask());
        json.put("tasks", event.getTasks());
        json.put("attempt", event.getAttempt());
        json.put("reason", event.getReason());
        json.put("by", event.getBy());
        json.put("priority", event.getPriority());
        traced.trace().ifPresent(trace -> {
            json.put(TraceContext.PARENT_HEADER, trace.parent());
            if (!trace.state().isEmpty()) {
                json.put(TraceContext.STATE_HEADER, trace.state());
            }
        });
        return json.toString();
    }

    /** The kind of event, in words about the job. */
    static String what(JobEvent event) {
        return event.getWhat() == JobEventKind.OTHER
                ? "something that this version does not know"
                : event.getWhat()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ')
                        .replaceFirst("^job ", "");
    }

    private static String range(JobEvent event) {
        long first = event.getFirstTask();
        long tasks = event.getTasks();
        if (first < 0) {
            return tasks == 0 ? "" : ", " + tasks + (tasks == 1 ? " task" : " tasks");
        }
        return tasks <= 1 ? ", task " + first : ", tasks " + first + "-" + (first + tasks - 1);
    }
}
