package io.yardmaster.app.work;

import io.yardmaster.app.terminal.Printable;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.client.TaskFailedException;
import io.yardmaster.client.TaskRefusedException;
import io.yardmaster.schemas.TaskKind;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs the command that the stage of each assignment has, in a shell, and keeps its output. Exit code 0 means done, 75 that the task is
 * refused, any other that it has failed, with the last line of stderr as the reason. An assignment without a command fails, as no
 * later try would be better; a job's commit or cleanup task has none, and is done at once.
 *
 * <p>Processes are treated as {@link CommandWork} does. A command that cannot begin here, for want of space say, is refused.
 */
public final class StageWork implements AssignmentHandler, AutoCloseable {
    private final OutputDirectory outputs;
    private final CommandRunner runner;

    private StageWork(OutputDirectory outputs, CommandRunner runner) {
        this.outputs = outputs;
        this.runner = runner;
    }

    /**
     * Gets ready to run commands.
     *
     * @param grace the time from SIGTERM to SIGKILL
     */
    public static StageWork start(OutputDirectory outputs, Duration grace) throws NoProcessGroupsException {
        return new StageWork(outputs, CommandRunner.start(grace));
    }

    @Override
    public void handle(Assignment assignment, HandlerContext context)
            throws IOException, InterruptedException, CommandFailedException, TaskFailedException,
                    TaskRefusedException {
        if (assignment.kind() != TaskKind.TASK) {
            return;
        }
        StageTask task = task(assignment);
        try (OutputFiles files = files(task)) {
            Process process = begin(task);
            files.keep(process);
            OptionalInt exitCode = runner.await(process, context);
            if (exitCode.isPresent()) {
                files.awaitRest();
                conclude(exitCode.getAsInt(), files);
            }
        }
    }

    /** Ends the process groups that are left. */
    @Override
    public void close() throws IOException {
        runner.close();
    }

    private static StageTask task(Assignment assignment) throws TaskFailedException {
        try {
            return StageTask.of(assignment);
        } catch (IllegalArgumentException e) {
            throw new TaskFailedException("nothing to run: " + e.getMessage(), e);
        }
    }

    private OutputFiles files(StageTask task) throws TaskRefusedException {
        try {
            return outputs.create(task);
        } catch (IOException e) {
            throw new TaskRefusedException("its output cannot be kept: " + OutputDirectory.reason(e));
        }
    }

    private Process begin(StageTask task) throws TaskRefusedException {
        Map<String, String> environment = new LinkedHashMap<>(task.environment());
        environment.put(
                "ASSIGNMENT_OUTPUT", outputs.of(task.assignment().jobId()).toString());
        try {
            return runner.begin(List.of("sh", "-c", task.line()), environment, ProcessBuilder.Redirect.PIPE);
        } catch (IOException e) {
            throw new TaskRefusedException("its command cannot be started: " + OutputDirectory.reason(e));
        }
    }

    private static void conclude(int exitCode, OutputFiles files)
            throws CommandFailedException, TaskFailedException, TaskRefusedException {
        Optional<IOException> lost = files.conclude(exitCode);
        String words = Printable.line(files.lastError());
        String end = "exit code " + exitCode + (words.isEmpty() ? "" : ": " + words);
        if (exitCode == CommandRunner.REFUSED) {
            throw new TaskRefusedException(end);
        }
        if (exitCode != 0) {
            throw new CommandFailedException(end);
        }
        if (lost.isPresent()) {
            throw new TaskFailedException(
                    "exit code 0, but its output could not be kept: " + OutputDirectory.reason(lost.get()), lost.get());
        }
    }
}
