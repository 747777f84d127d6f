package io.yardmaster.app.demo;

import io.yardmaster.app.jobs.JobState;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The whole demo at one moment.
 *
 * @param elapsed since its start
 * @param assignments number that the execution managers received, by kind
 * @param outcomes number of assignments that ended so; results that none had are missing
 * @param duplicates number of them that repeated another one under a new id
 * @param redelivered number of them that came again under their own id
 * @param fairness Jain's index, empty while nobody competed
 */
public record Snapshot(
        Duration elapsed,
        List<JobLine> jobs,
        Map<TaskKind, Integer> assignments,
        Map<TaskResult, Integer> outcomes,
        int duplicates,
        int redelivered,
        WaitingTimes.Percentiles waited,
        OptionalDouble fairness) {

    int tasks() {
        return jobs.stream().mapToInt(job -> job.progress().tasks()).sum();
    }

    int tasksDone() {
        return jobs.stream().mapToInt(job -> job.progress().done()).sum();
    }

    int allAssignments() {
        return assignments.values().stream().mapToInt(Integer::intValue).sum();
    }

    int outcomes(TaskResult result) {
        return outcomes.getOrDefault(result, 0);
    }

    long jobsFinished() {
        return jobs.stream().filter(job -> job.progress().state().isFinal()).count();
    }

    /** Returns whether every job came to its end, none was refused, and nothing was dispatched twice. */
    public boolean succeeded() {
        return jobsFinished() == jobs.size()
                && jobs.stream().noneMatch(job -> job.progress().state() == JobState.REFUSED)
                && duplicates == 0;
    }
}
