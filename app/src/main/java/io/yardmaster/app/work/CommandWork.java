package io.yardmaster.app.work;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.client.TaskRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Runs a command for each assignment, and passes the assignment's fields in its placeholders and its environment ({@code
 * ASSIGNMENT_JOB} and so on). Its input is empty, its output is this process's. Exit code 0 means done, and 75, which BSD calls
 * EX_TEMPFAIL, that the command cannot run the task here and now: it is refused.
 *
 * <p>The command has a process group of its own. When its assignment is cancelled, by its timeout, too, all of the group gets SIGTERM, and after
 * a grace SIGKILL; so do processes that are left when the command itself has ended. The handler returns, and the command is
 * tried again, only when no process of the group runs.
 */
public final class CommandWork implements AssignmentHandler, AutoCloseable {
    private final CommandTemplate template;
    private final CommandRunner runner;

    private CommandWork(CommandTemplate template, CommandRunner runner) {
        this.template = template;
        this.runner = runner;
    }

    /**
     * Gets ready to run commands.
     *
     * @param grace the time from SIGTERM to SIGKILL
     */
    public static CommandWork start(CommandTemplate template, Duration grace) throws NoProcessGroupsException {
        return new CommandWork(template, CommandRunner.start(grace));
    }

    @Override
    public void handle(Assignment assignment, HandlerContext context)
            throws IOException, InterruptedException, CommandFailedException, TaskRefusedException {
        List<String> command = template.of(assignment);
        Map<String, String> environment = Arrays.stream(AssignmentField.values())
                .collect(Collectors.toMap(AssignmentField::variable, field -> field.in(assignment)));
        Process process = runner.begin(command, environment, ProcessBuilder.Redirect.INHERIT);
        OptionalInt exitCode = runner.await(process, context);
        if (exitCode.isPresent()) {
            requireSuccess(command.get(0), exitCode.getAsInt());
        }
    }

    /** Ends the process groups that are left. */
    @Override
    public void close() throws IOException {
        runner.close();
    }

    private static void requireSuccess(String program, int exitCode)
            throws CommandFailedException, TaskRefusedException {
        String end = program + " ended with exit code " + exitCode;
        if (exitCode == CommandRunner.REFUSED) {
            throw new TaskRefusedException(end);
        }
        if (exitCode != 0) {
            throw new CommandFailedException(end);
        }
    }
}
