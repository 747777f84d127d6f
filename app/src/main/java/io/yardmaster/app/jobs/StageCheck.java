package io.yardmaster.app.jobs;

import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.Nearest;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the reasons for which the scheduler would refuse the stages of a graph as a whole (G3). */
public final class StageCheck {
    /** More are not looked for. */
    private static final int MOST_MISTAKES = 20;
    /** The most stages of a cycle that its message names. */
    private static final int NAMED = 10;
    /** The most stages among which the one is sought that somebody may have meant. */
    private static final int CANDIDATES = 10_000;

    private final List<Stage> stages;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    /**
     * One mistake, as a sentence without a full stop.
     *
     * @param stage the number of the stage that has it; -1 if it is the graph's
     * @param dependency its place among the dependencies of the stage; -1 if it is none of them
     */
    public record Mistake(int stage, int dependency, String text) {}

    private StageCheck(List<Stage> stages) {
        this.stages = stages;
    }

    /** The first twenty mistakes, in the order of the stages; none if the graph makes sense. */
    public static List<Mistake> of(List<Stage> stages) {
        return new StageCheck(stages).check();
    }

    private List<Mistake> check() {
        long tasks = 0;
        for (int stage = 0; stage < stages.size(); stage++) {
            tasks += Math.max(0, stages.get(stage).getTasks());
            if (numbers.putIfAbsent(stages.get(stage).getName(), stage) != null) {
                add(stage, -1, "two stages have the name '%s'".formatted(name(stage)));
            }
        }
        if (tasks > GraphLimits.TASKS) {
            add(-1, -1, "the stages have %s tasks, and a job may have %s".formatted(tasks, GraphLimits.TASKS));
        }
        long dependencies = 0;
        for (int stage = 0; stage < stages.size() && mistakes.size() < MOST_MISTAKES; stage++) {
            dependencies += stages.get(stage).getAfter().size();
            checkDependencies(stage);
        }
        if (dependencies > GraphLimits.DEPENDENCIES) {
            add(
                    -1,
                    -1,
                    "the stages have %s dependencies, and a job may have %s"
                            .formatted(dependencies, GraphLimits.DEPENDENCIES));
        }
        if (mistakes.isEmpty()) {
            checkCycle();
        }
        return List.copyOf(mistakes.subList(0, Math.min(MOST_MISTAKES, mistakes.size())));
    }

    private void checkDependencies(int number) {
        Stage stage = stages.get(number);
        Set<String> named = new HashSet<>();
        for (int i = 0; i < stage.getAfter().size() && mistakes.size() < MOST_MISTAKES; i++) {
            StageDependency dependency = stage.getAfter().get(i);
            String other = dependency.getStage();
            Integer known = numbers.get(other);
            if (known == null) {
                add(
                        number,
                        i,
                        "stage '%s' waits for '%s', which is no stage%s".formatted(name(number), other, near(other)));
            } else if (known == number) {
                add(number, i, "stage '%s' waits for itself".formatted(other));
            } else if (!named.add(other)) {
                add(number, i, "stage '%s' names '%s' twice".formatted(name(number), other));
            } else if (dependency.getEach() && stages.get(known).getTasks() != stage.getTasks()) {
                add(
                        number,
                        i,
                        "each task of stage '%s' waits for one of '%s', but they have %s and %s tasks"
                                .formatted(
                                        name(number),
                                        other,
                                        stage.getTasks(),
                                        stages.get(known).getTasks()));
            }
        }
    }

    private String near(String name) {
        List<String> candidates =
                stages.stream().limit(CANDIDATES).map(Stage::getName).toList();
        return Nearest.to(name, candidates)
                .map(nearest -> ": the nearest one is '" + nearest + "'")
                .orElse("");
    }

    private void checkCycle() {
        List<Integer> cycle = new StageLinks(stages).cycle();
        if (!cycle.isEmpty()) {
            StringBuilder text = new StringBuilder("stage '%1$s' waits for itself: %1$s".formatted(name(cycle.get(0))));
            for (int stage : cycle.subList(1, Math.min(NAMED, cycle.size()))) {
                text.append(" after ").append(name(stage));
            }
            if (cycle.size() > NAMED) {
                text.append(" and ").append(cycle.size() - NAMED).append(" more");
            }
            add(cycle.get(0), 0, text + " after " + name(cycle.get(0)));
        }
    }

    private String name(int stage) {
        return stages.get(stage).getName();
    }

    private void add(int stage, int dependency, String text) {
        mistakes.add(new Mistake(stage, dependency, text));
    }
}
