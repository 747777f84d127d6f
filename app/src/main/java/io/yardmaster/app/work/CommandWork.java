package io.yardmaster.app.work;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.HandlerContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command for each assignment, which it is told in its placeholders and in its environment ({@code
 * ASSIGNMENT_JOB} and so on). Its input is empty, its output is this process's. Exit code 0 means done. A cancelled
 * assignment's command is terminated.
 */
public final class CommandWork implements AssignmentHandler {
    private static final long CANCEL_CHECK_MILLIS = 50;

    private final CommandTemplate template;

    public CommandWork(CommandTemplate template) {
        this.template = template;
    }

    @Override
    public void handle(Assignment assignment, HandlerContext context)
            throws IOException, InterruptedException, CommandFailedException {
        List<String> command = template.of(assignment);
        ProcessBuilder described = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        for (AssignmentField field : AssignmentField.values()) {
            described.environment().put(field.variable(), field.in(assignment));
        }
        Process process = described.start();
        try {
            process.getOutputStream().close();
            while (!context.cancelled()) {
                if (process.waitFor(CANCEL_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                    requireSuccess(command.get(0), process.exitValue());
                    return;
                }
            }
        } finally {
            process.destroy();
        }
    }

    private static void requireSuccess(String program, int exitCode) throws CommandFailedException {
        if (exitCode != 0) {
            throw new CommandFailedException(program + " ended with exit code " + exitCode);
        }
    }
}
