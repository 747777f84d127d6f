package io.yardmaster.app.api;

import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.replay.forecast.PresentState;
import io.yardmaster.replay.forecast.ReservedStart;
import io.yardmaster.replay.forecast.StartEstimate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Parts of the answer about a job's start. */
final class WhenWords {
    private static final int MOST_STAGES = 5;
    private static final int MOST_POOLS = 5;
    private static final int MOST_RESERVED = 5;

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

    /** The pools of the job that place tasks on hosts, but those of stages that were not looked at. */
    static Set<String> placed(JobLoad job, Set<String> placed) {
        return job.graph().map(OpenGraph::stages).orElse(List.of()).stream()
                .map(StageLoad::pool)
                .filter(placed::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Sentences about the hosts of the job's first pools. */
    static List<String> hosts(PresentState state) {
        return state.pools().stream()
                .limit(MOST_POOLS)
                .map(pool -> {
                    int placed = pool.placed().size();
                    int waiting = pool.waitingTasks();
                    return count(placed, "task", "tasks") + (placed == 1 ? " runs" : " run") + " now on the "
                            + count(pool.hosts().size(), "host", "hosts") + " of pool " + pool.pool() + ", and "
                            + number(waiting) + (waiting == 1 ? " waits" : " wait") + " for one";
                })
                .toList();
    }

    /** Sentences about the first gangs, or tasks, for which hosts are reserved. */
    static List<String> reserved(StartEstimate estimate, long job) {
        return estimate.reserved().stream()
                .limit(MOST_RESERVED)
                .map(gang -> "hosts of pool " + gang.pool() + " are reserved for "
                        + (gang.job() == job ? "it" : reserved(gang, estimate.draws())))
                .toList();
    }

    private static String reserved(ReservedStart gang, int draws) {
        String whose = (gang.tasks() == 1 ? "a task" : "a gang of " + count(gang.tasks(), "task", "tasks")) + " of job "
                + gang.job() + ", which starts ";
        if (gang.before() == 0) {
            return whose + "after it";
        }
        if (gang.before() == draws) {
            return whose + "first, " + in(gang.start());
        }
        return whose + "first in " + gang.before() + " of " + draws + " draws: then it starts " + in(gang.startBehind())
                + ", otherwise " + in(gang.startBefore());
    }

    private static String in(OptionalLong time) {
        return "in about " + RoughTime.of(time.orElse(0));
    }

    /** A sentence about pools whose hosts are not known, if there are any. */
    static Optional<String> notCounted(Set<String> placed, PresentState state) {
        Set<String> unknown = new TreeSet<>(placed);
        state.pools().forEach(pool -> unknown.remove(pool.pool()));
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "hosts of " + (unknown.size() == 1 ? "pool " : "pools ") + String.join(", ", unknown)
                                + " are not counted, as there are more than " + number(HostAnswers.MOST_HOSTS)
                                + " or more than "
                                + number(HostAnswers.MOST_TASKS)
                                + " tasks, or nobody tells of them: tasks that fit the limit of their pool are taken to find one");
    }

    static String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
