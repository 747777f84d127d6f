package io.yardmaster.app.work;

import io.yardmaster.client.Assignment;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An assignment of a stage that has a command. */
record StageTask(StageCommand command, Assignment assignment) {
    /** Names in braces; not those of a shell's own variables, before which a dollar stands. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{([a-z]+)}");

    /** @throws IllegalArgumentException that says in one line why this assignment has no command */
    static StageTask of(Assignment assignment) {
        ByteBuffer payload = assignment.payload();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        StageTask task = new StageTask(StageCommand.of(bytes), assignment);
        if (task.index() < 0 || task.index() >= task.command.tasks()) {
            throw new IllegalArgumentException("task %s is not one of the %s from %s on that its stage has"
                    .formatted(assignment.taskIndex(), task.command.tasks(), task.command.first()));
        }
        if (task.command.run().indexOf('\0') >= 0) {
            throw new IllegalArgumentException("its command holds a NUL character, which no program can get");
        }
        WrittenText.requireExact(task.command.run());
        return task;
    }

    /** The number of the task in its stage, from 0. */
    int index() {
        return assignment.taskIndex() - command.first();
    }

    /** The command for a shell. A name in braces that is no placeholder stays as it is. */
    String line() {
        Map<String, String> values = values();
        return PLACEHOLDER
                .matcher(command.run())
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    /** The same for the environment of the command: {@code ASSIGNMENT_INDEX} and so on. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        values().forEach((name, value) -> environment.put("ASSIGNMENT_" + name.toUpperCase(Locale.ROOT), value));
        return environment;
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (AssignmentField field : AssignmentField.values()) {
            values.put(field.name().toLowerCase(Locale.ROOT), field.in(assignment));
        }
        values.put("stage", command.stage());
        values.put("index", String.valueOf(index()));
        values.put("tasks", String.valueOf(command.tasks()));
        return values;
    }
}
