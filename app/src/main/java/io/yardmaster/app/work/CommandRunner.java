package io.yardmaster.app.work;

import io.yardmaster.client.HandlerContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands until they end or their assignment is cancelled. Each has a process group of its own. When its assignment is
 * cancelled, by its timeout, too, all of the group gets SIGTERM, and after a grace SIGKILL; so do processes that are left when
 * the command itself has ended. No process of the group runs when a call returns. Thread-safe.
 */
final class CommandRunner implements AutoCloseable {
    /** BSD calls it EX_TEMPFAIL: the command cannot run the task here and now, which refuses it. */
    static final int REFUSED = 75;

    private static final long CANCEL_CHECK_MILLIS = 50;

    private final ProcessGroups groups;
    private final GroupEnd end;

    private CommandRunner(ProcessGroups groups, Duration grace) {
        this.groups = groups;
        this.end = new GroupEnd(groups, grace);
    }

    /**
     * Gets ready to run commands.
     *
     * @param grace the time from SIGTERM to SIGKILL
     */
    static CommandRunner start(Duration grace) throws NoProcessGroupsException {
        return new CommandRunner(ProcessGroups.start(ProcessGroups.LAUNCHERS, grace), grace);
    }

    /** Starts a command with an empty input. */
    Process begin(List<String> command, Map<String, String> environment, ProcessBuilder.Redirect output)
            throws IOException {
        return groups.run(command, environment, output);
    }

    /** Waits for a command that was begun; returns its exit code, or nothing if its assignment was cancelled before. */
    OptionalInt await(Process process, HandlerContext context) throws IOException, InterruptedException {
        try {
            while (!context.cancelled()) {
                if (process.waitFor(CANCEL_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return OptionalInt.of(process.exitValue());
                }
            }
            return OptionalInt.empty();
        } finally {
            end.of(process.pid());
        }
    }

    /** Ends the process groups that are left. */
    @Override
    public void close() throws IOException {
        groups.close();
    }
}
