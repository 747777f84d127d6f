package io.yardmaster.app.jobs;

import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The dependencies between stages by their numbers, and the levels that follow from them. */
final class StageLinks {
    private final int[][] before;
    private final int[] levels;
    private final int[] order;
    private final int ordered;

    /** The dependencies of stages, each of which is on another stage of the list. */
    StageLinks(List<Stage> stages) {
        Map<String, Integer> numbers = new HashMap<>();
        stages.forEach(stage -> numbers.put(stage.getName(), numbers.size()));
        before = new int[stages.size()][];
        for (int stage = 0; stage < before.length; stage++) {
            before[stage] = stages.get(stage).getAfter().stream()
                    .map(StageDependency::getStage)
                    .mapToInt(numbers::get)
                    .toArray();
        }
        levels = new int[before.length];
        order = new int[before.length];
        ordered = sort();
    }

    /** Gives numbers to stages behind all that they wait for; returns how many stages got one. */
    private int sort() {
        List<List<Integer>> behind = new ArrayList<>();
        int[] left = new int[before.length];
        for (int stage = 0; stage < before.length; stage++) {
            behind.add(new ArrayList<>(0));
            left[stage] = before[stage].length;
        }
        Deque<Integer> free = new ArrayDeque<>();
        for (int stage = 0; stage < before.length; stage++) {
            for (int other : before[stage]) {
                behind.get(other).add(stage);
            }
            if (left[stage] == 0) {
                free.add(stage);
            }
        }
        int end = 0;
        while (!free.isEmpty()) {
            int stage = free.remove();
            order[end++] = stage;
            for (int next : behind.get(stage)) {
                levels[next] = Math.max(levels[next], levels[stage] + 1);
                if (--left[next] == 0) {
                    free.add(next);
                }
            }
        }
        return end;
    }

    /** The numbers of the stages that this one waits for, in the order in which it names them. */
    int[] before(int stage) {
        return before[stage];
    }

    /** The number of stages on the longest way to this one. */
    int level(int stage) {
        return levels[stage];
    }

    /** One cycle: stages each of which waits for the next one, and the last for the first; empty if there is none. */
    List<Integer> cycle() {
        if (ordered == before.length) {
            return List.of();
        }
        boolean[] free = new boolean[before.length];
        Arrays.stream(order, 0, ordered).forEach(stage -> free[stage] = true);
        int at = 0;
        while (free[at]) {
            at++;
        }
        // A stage that got no place waits for another one that got none: following those must come round.
        LinkedHashSet<Integer> path = new LinkedHashSet<>();
        while (path.add(at)) {
            at = Arrays.stream(before[at])
                    .filter(stage -> !free[stage])
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> all = new ArrayList<>(path);
        return all.subList(all.indexOf(at), all.size());
    }

    /** The path of the largest weight, from its first stage to its last; the first of several. There must be no cycle. */
    List<Integer> longestPath(double[] weights) {
        double[] sums = new double[before.length];
        int[] via = new int[before.length];
        int last = order[0];
        for (int stage : order) {
            via[stage] = -1;
            for (int other : before[stage]) {
                if (via[stage] < 0 || sums[other] > sums[via[stage]]) {
                    via[stage] = other;
                }
            }
            sums[stage] = weights[stage] + (via[stage] < 0 ? 0 : sums[via[stage]]);
            if (sums[stage] > sums[last]) {
                last = stage;
            }
        }
        Deque<Integer> path = new ArrayDeque<>();
        for (int stage = last; stage >= 0; stage = via[stage]) {
            path.addFirst(stage);
        }
        return List.copyOf(path);
    }
}
