package io.yardmaster.app.api;

import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.replay.forecast.PresentState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Parts of the answer about a job's start. */
final class WhenWords {
    private static final int MOST_STAGES = 5;

    private WhenWords() {}

    static String before(long jobs, long tasks, long higher) {
        return count(tasks, "task", "tasks") + " of " + count(jobs, "other job", "other jobs")
                + (tasks == 1 ? " starts" : " start") + " before it"
                + (higher == 0 ? "" : ", " + number(higher) + " of these jobs with a higher priority");
    }

    /** Tasks of the default pool that run. */
    static int running(PresentState state) {
        int stages = state.jobs().stream()
                .flatMap(job -> job.graph().stream())
                .flatMap(graph -> graph.stages().stream())
                .filter(stage -> stage.pool().isEmpty())
                .mapToInt(StageLoad::running)
                .sum();
        Set<Long> withoutGraph = state.jobs().stream()
                .filter(job -> job.graph().isEmpty())
                .map(job -> job.view().job())
                .collect(Collectors.toSet());
        return stages
                + (int) state.running().stream()
                        .filter(task -> withoutGraph.contains(task.job()))
                        .count();
    }

    /** A sentence about stages of the job of which no time is recorded, if there are any. */
    static Optional<String> assumed(JobLoad job, PresentState state) {
        long group = job.view().group().orElse(0);
        List<String> stages = job.graph().isEmpty()
                ? List.of("")
                : job.graph().map(OpenGraph::stages).orElse(List.of()).stream()
                        .map(StageLoad::name)
                        .distinct()
                        .toList();
        List<String> unknown = stages.stream()
                .filter(stage -> state.times().recorded(group, stage) == 0)
                .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        String names = unknown.get(0).isEmpty()
                ? "its tasks"
                : (unknown.size() == 1 ? "stage " : "stages ")
                        + String.join(", ", unknown.subList(0, Math.min(MOST_STAGES, unknown.size())))
                        + (unknown.size() > MOST_STAGES ? " and others" : "");
        return Optional.of("no task like those of " + names + " has ended lately: they are assumed to take "
                + RoughTime.of(state.times().assumed()) + " on average, exponentially distributed");
    }

    /** A sentence about stages that were not looked at, if there are any. */
    static Optional<String> unseen(OpenGraph graph) {
        return graph.seesAll()
                ? Optional.empty()
                : Optional.of("only the first " + number(graph.stages().size()) + " of "
                        + count(graph.openStages(), "stage", "stages")
                        + " that have not ended were looked at: its end is not estimated");
    }

    static String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
