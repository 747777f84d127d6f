package io.yardmaster.core.graph;

import io.yardmaster.core.values.GraphStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks a graph as a whole, and gives its stages numbers (G3). */
final class GraphCheck {
    static final int MOST_STAGES = 100_000;
    static final int MOST_DEPENDENCIES = 1_000_000;

    /** The most stages of a cycle that its message names. */
    private static final int NAMED = 10;

    private final List<GraphStage> stages;
    private final Map<String, Integer> numbers = new HashMap<>();
    private int dependencies;

    private GraphCheck(List<GraphStage> stages) {
        this.stages = stages;
    }

    /**
     * The graph of these stages.
     *
     * @throws GraphRefusedException with the reason if it makes no sense
     */
    static CheckedGraph of(List<GraphStage> stages) {
        return new GraphCheck(stages).check();
    }

    private CheckedGraph check() {
        if (stages.isEmpty()) {
            throw GraphRefusedException.because("the graph has no stage");
        }
        if (stages.size() > MOST_STAGES) {
            throw GraphRefusedException.because(
                    "the graph has more than %,d stages: stages with many tasks cost less", MOST_STAGES);
        }
        int tasks = numberStages();
        int[][] before = new int[stages.size()][];
        for (int i = 0; i < stages.size(); i++) {
            before[i] = predecessors(i);
        }
        int[][] successors = reversed(before);
        refuseCycle(before, successors);
        int[][] eachBefore = new int[stages.size()][];
        int[] barriers = new int[stages.size()];
        for (int i = 0; i < before.length; i++) {
            eachBefore[i] = Arrays.stream(before[i])
                    .filter(StageBlock::isEach)
                    .map(StageBlock::stageOf)
                    .toArray();
            barriers[i] = before[i].length - eachBefore[i].length;
        }
        return new CheckedGraph(stages, successors, before, eachBefore, barriers, tasks);
    }

    private int numberStages() {
        long tasks = 0;
        for (int i = 0; i < stages.size(); i++) {
            GraphStage stage = stages.get(i);
            checkNumbers(stage);
            if (numbers.put(stage.name(), i) != null) {
                throw GraphRefusedException.because("two stages have the name %s", stage.name());
            }
            tasks += stage.tasks();
        }
        if (tasks > Integer.MAX_VALUE) {
            throw GraphRefusedException.because("the graph has %,d tasks, more than %,d", tasks, Integer.MAX_VALUE);
        }
        return (int) tasks;
    }

    /** Refuses numbers that mean nothing, before they are stored. */
    static void checkNumbers(GraphStage stage) {
        if (stage.tasks() < 1) {
            throw GraphRefusedException.because("stage %s has no tasks", stage.name());
        }
        if (stage.attempts() < 1) {
            throw GraphRefusedException.because("stage %s allows no attempt", stage.name());
        }
        if (stage.backoff() < 0 || stage.timeout() < 0) {
            throw GraphRefusedException.because(
                    "stage %s has a back-off of %,d ms and a time-out of %,d ms, one of which is negative",
                    stage.name(), stage.backoff(), stage.timeout());
        }
        if (Math.abs(stage.priority()) > GraphStage.MOST_PRIORITY) {
            throw GraphRefusedException.because(
                    "stage %s has the priority %d, which is not one from -%d to %3$d",
                    stage.name(), stage.priority(), GraphStage.MOST_PRIORITY);
        }
    }

    private int[] predecessors(int number) {
        GraphStage stage = stages.get(number);
        dependencies += stage.after().size();
        if (dependencies > MOST_DEPENDENCIES) {
            throw GraphRefusedException.because("the graph has more than %,d dependencies", MOST_DEPENDENCIES);
        }
        Set<String> named = new HashSet<>();
        int[] before = new int[stage.after().size()];
        for (int i = 0; i < before.length; i++) {
            GraphStage.Dependency dependency = stage.after().get(i);
            Integer other = numbers.get(dependency.stage());
            if (other == null) {
                throw GraphRefusedException.because(
                        "stage %s waits for %s, which is no stage%s",
                        stage.name(), dependency.stage(), NearestStage.hint(dependency.stage(), stages));
            }
            if (!named.add(dependency.stage())) {
                throw GraphRefusedException.because("stage %s names %s twice", stage.name(), dependency.stage());
            }
            int theirs = stages.get(other).tasks();
            if (dependency.each() && theirs != stage.tasks()) {
                throw GraphRefusedException.because(
                        "each task of %s waits for one of %s, but they have %,d and %,d tasks",
                        stage.name(), dependency.stage(), stage.tasks(), theirs);
            }
            before[i] = 2 * other + (dependency.each() ? 1 : 0);
        }
        return before;
    }

    private static int[][] reversed(int[][] before) {
        int[] counts = new int[before.length];
        for (int[] edges : before) {
            for (int edge : edges) {
                counts[StageBlock.stageOf(edge)]++;
            }
        }
        int[][] successors = new int[before.length][];
        for (int i = 0; i < successors.length; i++) {
            successors[i] = new int[counts[i]];
        }
        for (int i = 0; i < before.length; i++) {
            for (int edge : before[i]) {
                int other = StageBlock.stageOf(edge);
                int[] of = successors[other];
                of[of.length - counts[other]--] = 2 * i + (edge & 1);
            }
        }
        return successors;
    }

    /** Takes away stages that wait for nothing more; the stages that are left in the end are in a cycle or behind one. */
    private void refuseCycle(int[][] before, int[][] successors) {
        int[] left = new int[before.length];
        int[] free = new int[before.length];
        int end = 0;
        for (int i = 0; i < before.length; i++) {
            left[i] = before[i].length;
            if (left[i] == 0) {
                free[end++] = i;
            }
        }
        for (int at = 0; at < end; at++) {
            for (int successor : successors[free[at]]) {
                int stage = StageBlock.stageOf(successor);
                if (--left[stage] == 0) {
                    free[end++] = stage;
                }
            }
        }
        if (end < before.length) {
            throw GraphRefusedException.because("%s", cycle(before, left));
        }
    }

    private String cycle(int[][] before, int[] left) {
        int at = 0;
        while (left[at] == 0) {
            at++;
        }
        Map<Integer, Integer> places = new HashMap<>();
        List<Integer> path = new ArrayList<>();
        while (places.putIfAbsent(at, path.size()) == null) {
            path.add(at);
            at = Arrays.stream(before[at])
                    .map(StageBlock::stageOf)
                    .filter(stage -> left[stage] > 0)
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> cycle = path.subList(places.get(at), path.size());
        String name = stages.get(at).name();
        if (cycle.size() == 1) {
            return "stage %s waits for itself".formatted(name);
        }
        StringBuilder text = new StringBuilder("stage %s waits for itself: %s".formatted(name, name));
        for (int i = 1; i < Math.min(cycle.size(), NAMED); i++) {
            text.append(" after ").append(stages.get(cycle.get(i)).name());
        }
        if (cycle.size() > NAMED) {
            text.append(String.format(Locale.ROOT, " and %,d more", cycle.size() - NAMED));
        }
        return text.append(" after ").append(name).toString();
    }
}
