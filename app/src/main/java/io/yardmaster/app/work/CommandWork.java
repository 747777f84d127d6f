package io.yardmaster.app.work;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.HandlerContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command for each assignment, which it finds in its environment: {@code ASSIGNMENT_ID}, {@code
 * ASSIGNMENT_GROUP}, {@code ASSIGNMENT_JOB}, {@code ASSIGNMENT_KIND} (TASK, COMMIT or CLEANUP), {@code ASSIGNMENT_TASK}
 * (-1 unless the kind is TASK), {@code ASSIGNMENT_ATTEMPT} and {@code ASSIGNMENT_SESSION}. Its input is empty, its
 * output is this process's. Exit code 0 means done. A cancelled assignment's command is terminated.
 */
public final class CommandWork implements AssignmentHandler {
    private static final long CANCEL_CHECK_MILLIS = 50;

    private final List<String> command;

    /**
     * Takes a program and its arguments.
     *
     * @throws IllegalArgumentException if there is no such program; every assignment would fail
     */
    public CommandWork(List<String> command) {
        String path = System.getenv().getOrDefault("PATH", "");
        if (!Executable.exists(command.get(0), path)) {
            throw new IllegalArgumentException(command.get(0) + ": no such program");
        }
        this.command = List.copyOf(command);
    }

    @Override
    public void handle(Assignment assignment, HandlerContext context)
            throws IOException, InterruptedException, CommandFailedException {
        ProcessBuilder described = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        described.environment().putAll(environment(assignment));
        Process process = described.start();
        try {
            process.getOutputStream().close();
            while (!context.cancelled()) {
                if (process.waitFor(CANCEL_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                    requireSuccess(process.exitValue());
                    return;
                }
            }
        } finally {
            process.destroy();
        }
    }

    private void requireSuccess(int exitCode) throws CommandFailedException {
        if (exitCode != 0) {
            throw new CommandFailedException(command.get(0) + " ended with exit code " + exitCode);
        }
    }

    private static Map<String, String> environment(Assignment assignment) {
        return Map.of(
                "ASSIGNMENT_ID", String.valueOf(assignment.id()),
                "ASSIGNMENT_GROUP", String.valueOf(assignment.resourceGroupId()),
                "ASSIGNMENT_JOB", String.valueOf(assignment.jobId()),
                "ASSIGNMENT_KIND", assignment.kind().name(),
                "ASSIGNMENT_TASK", String.valueOf(assignment.taskIndex()),
                "ASSIGNMENT_ATTEMPT", String.valueOf(assignment.attempt()),
                "ASSIGNMENT_SESSION", String.valueOf(assignment.session()));
    }
}
