package io.yardmaster.core;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.TaskEnd;
import java.util.List;
import java.util.Map;

/** A call of a scheduler. Sessions and times are relative to those before. */
sealed interface SchedulerCommand {
    record Ready(long group, long job, int sessionChange, List<Integer> indices, int attempt)
            implements SchedulerCommand {}

    record Commit(long group, long job, int sessionChange) implements SchedulerCommand {}

    record Cleanup(long group, long job, int sessionChange, boolean hasTask) implements SchedulerCommand {}

    /**
     * A command about a job.
     *
     * @param sessionChange null if it names no session
     * @param priority that it sets, if it does
     */
    record Commanded(long job, Integer sessionChange, Command command, int priority) implements SchedulerCommand {}

    /**
     * An outcome of one of the assignments made so far.
     *
     * @param assignment its number among them, from the latest back
     * @param wrong 0 for the truth; otherwise one of its fields is wrong
     */
    record Outcome(int assignment, TaskEnd end, int wrong) implements SchedulerCommand {}

    record Session(int change) implements SchedulerCommand {}

    record Weigh(Map<Long, Double> weights) implements SchedulerCommand {}

    record Live(LivePolicy live) implements SchedulerCommand {}

    record Tick(long timeChange, int budget) implements SchedulerCommand {}
}
