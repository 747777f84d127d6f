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
import java.util.concurrent.TimeUnit;
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
    private static final long CANCEL_CHECK_MILLIS = 50;
    private static final int REFUSED = 75;

    private final CommandTemplate template;
    private final ProcessGroups groups;
    private final GroupEnd end;

    private CommandWork(CommandTemplate template, ProcessGroups groups, Duration grace) {
        this.template = template;
        this.groups = groups;
        this.end = new GroupEnd(groups, grace);
    }

    /**
     * Gets ready to run commands.
     *
     * @param grace the time from SIGTERM to SIGKILL
     */
    public static CommandWork start(CommandTemplate template, Duration grace) throws NoProcessGroupsException {
        return new CommandWork(template, ProcessGroups.start(ProcessGroups.LAUNCHERS, grace), grace);
    }

    @Override
    public void handle(Assignment assignment, HandlerContext context)
            throws IOException, InterruptedException, CommandFailedException, TaskRefusedException {
        List<String> command = template.of(assignment);
        Map<String, String> environment = Arrays.stream(AssignmentField.values())
                .collect(Collectors.toMap(AssignmentField::variable, field -> field.in(assignment)));
        Process process = groups.run(command, environment);
        try {
            while (!context.cancelled()) {
                if (process.waitFor(CANCEL_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                    requireSuccess(command.get(0), process.exitValue());
                    return;
                }
            }
        } finally {
            end.of(process.pid());
        }
    }

    /** Ends the process groups that are left. */
    @Override
    public void close() throws IOException {
        groups.close();
    }

    private static void requireSuccess(String program, int exitCode)
            throws CommandFailedException, TaskRefusedException {
        String end = program + " ended with exit code " + exitCode;
        if (exitCode == REFUSED) {
            throw new TaskRefusedException(end);
        }
        if (exitCode != 0) {
            throw new CommandFailedException(end);
        }
    }
}
