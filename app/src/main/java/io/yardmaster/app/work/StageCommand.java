package io.yardmaster.app.work;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * The command of a stage's tasks, which the payload of their assignments carries as JSON.
 *
 * @param stage the name of the stage
 * @param first the index in the job of the stage's first task, 0 or more
 * @param tasks the number of the stage's tasks, 1 or more
 * @param run the command line for a shell, not empty
 */
public record StageCommand(
        @JsonProperty(required = true) String stage,
        @JsonProperty(required = true) int first,
        @JsonProperty(required = true) int tasks,
        @JsonProperty(required = true) String run) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public StageCommand {
        if (run.isBlank()) {
            throw new IllegalArgumentException("the command of stage '" + stage + "' is empty");
        }
        if (first < 0 || tasks < 1) {
            throw new IllegalArgumentException(
                    "stage '%s' cannot have %s tasks from %s on".formatted(stage, tasks, first));
        }
    }

    /**
     * Reads the payload of an assignment.
     *
     * @throws IllegalArgumentException that says in one line why it is not the command of a stage
     */
    public static StageCommand of(byte[] payload) {
        if (payload.length == 0) {
            throw new IllegalArgumentException("it has no command");
        }
        try {
            return JSON.readValue(payload, StageCommand.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its payload is not the command of a stage", e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
    }

    public byte[] toPayload() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command cannot be written as JSON", e);
        }
    }
}
