package io.yardmaster.app.work;

import io.yardmaster.client.Assignment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A field of an assignment, for a command as a placeholder such as {job} and as a variable such as ASSIGNMENT_JOB. */
enum AssignmentField {
    JOB,
    /** -1 unless the kind is TASK. */
    TASK,
    /** TASK, COMMIT or CLEANUP. */
    KIND,
    ATTEMPT,
    GROUP,
    SESSION,
    ID;

    static Optional<AssignmentField> of(String placeholder) {
        return Arrays.stream(values())
                .filter(field -> field.placeholder().equals(placeholder))
                .findFirst();
    }

    /** All placeholders, with commas. */
    static String placeholders() {
        return Arrays.stream(values()).map(AssignmentField::placeholder).collect(Collectors.joining(", "));
    }

    String placeholder() {
        return "{" + name().toLowerCase(Locale.ROOT) + "}";
    }

    String variable() {
        return "ASSIGNMENT_" + name();
    }

    String in(Assignment assignment) {
        return switch (this) {
            case JOB -> String.valueOf(assignment.jobId());
            case TASK -> String.valueOf(assignment.taskIndex());
            case KIND -> assignment.kind().name();
            case ATTEMPT -> String.valueOf(assignment.attempt());
            case GROUP -> String.valueOf(assignment.resourceGroupId());
            case SESSION -> String.valueOf(assignment.session());
            case ID -> String.valueOf(assignment.id());
        };
    }
}
