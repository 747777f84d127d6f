package io.yardmaster.app.api;

import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.replay.forecast.PresentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parts of the answer about a job's start. */
final class WhenWords {
    private static final int MOST_STAGES = 5;

    private WhenWords() {}

    static String before(long jobs, long tasks, long higher) {
        return count(tasks, "task", "tasks") + " of " + count(jobs, "other job", "other jobs")
                + (tasks == 1 ? " starts" : " start") + " before it"
                + (higher == 0 ? "" : ", " + number(higher) + " of them with a higher priority");
    }

    /** Tasks of the default pool that run. */
    static int running(PresentState state) {
        int stages = state.jobs().stream()
                .flatMap(job -> job.graph().stream())
                .flatMap(graph -> graph.stages().stream())
                .filter(stage -> stage.pool().isEmpty())
                .mapToInt(StageLoad::running)
                .sum();
        List<Long> withoutGraph = state.jobs().stream()
                .filter(job -> job.graph().isEmpty())
                .map(job -> job.view().job())
                .toList();
        return stages
                + (int) state.running().stream()
                        .filter(task -> withoutGraph.contains(task.job()))
                        .count();
    }

    /** A sentence about stages of the job of which nothing is recorded, if there are any, and one about stages of which little is. */
    static List<String> assumed(JobLoad job, PresentState state) {
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
        List<String> sentences = new ArrayList<>();
        if (!unknown.isEmpty()) {
            String names = unknown.get(0).isEmpty()
                    ? "its tasks"
                    : (unknown.size() == 1 ? "stage " : "stages ")
                            + String.join(", ", unknown.subList(0, Math.min(MOST_STAGES, unknown.size())))
                            + (unknown.size() > MOST_STAGES ? " and others" : "");
            sentences.add("no task like those of " + names + " has ended lately: they are assumed to take "
                    + RoughTime.of(state.times().assumed()) + " on average, exponentially distributed");
        }
        return sentences;
    }

    static String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
