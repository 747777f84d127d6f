package io.yardmaster.app.cli;

import io.yardmaster.schemas.CommandLimits;
import io.yardmaster.schemas.CommandType;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a job a priority. */
@Command(
        name = "priority",
        description = {
            "Give a job a priority: among the jobs of a shard that may run, tasks of the highest priority are dispatched first, and",
            "jobs of equal priority share. It holds for tasks that wait and those that come, until the job ends or storage begins a",
            "new session; not for commit and cleanup tasks. While tasks of higher priorities that wait need the whole window, other",
            "shards dispatch none of lower ones either, with some tenths of a second of delay."
        })
public final class PriorityCommand extends JobCommandLine {
    @Parameters(paramLabel = "JOB", index = "0", description = "Id of a job.")
    private String job = "";

    @Parameters(
            paramLabel = "N",
            index = "1",
            description =
                    "A whole number from " + CommandLimits.LOWEST_PRIORITY + " to " + CommandLimits.HIGHEST_PRIORITY
                            + "; a higher one goes first. A job that nobody gave a priority has 0.")
    private String priority = "";

    public PriorityCommand() {
        super(CommandType.SET_PRIORITY);
    }

    @Override
    List<String> jobs() {
        return List.of(job);
    }

    @Override
    int priority() {
        int number = isWholeNumber() ? Integer.parseInt(priority) : Integer.MAX_VALUE;
        require(
                number >= CommandLimits.LOWEST_PRIORITY && number <= CommandLimits.HIGHEST_PRIORITY,
                "N " + priority + ": must be a whole number from " + CommandLimits.LOWEST_PRIORITY + " to "
                        + CommandLimits.HIGHEST_PRIORITY);
        return number;
    }

    private boolean isWholeNumber() {
        return priority.matches("[+-]?[0-9]{1,9}");
    }
}
