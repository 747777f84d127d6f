package io.yardmaster.torture.checker;

import io.yardmaster.schemas.When;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The graph of a job, put together from its parts: which tasks it has, and what each of them waits for. */
final class GraphPlan {
    /** Fields that all parts of a graph have in common. */
    record Terms(
            long session, long job, long group, int priority, boolean commit, boolean cleanup, boolean continues) {}

    /** A record of the topic of graphs. */
    record Part(
            String position, int shard, long offset, long time, Terms terms, int part, int parts, List<Step> steps) {}

    /**
     * A stage.
     *
     * @param needs the units that each task holds of limits
     * @param pool to which its tasks go; empty for the default one
     */
    record Step(
            String name, int tasks, List<After> after, When when, int attempts, Map<String, Long> needs, String pool) {

        /** The units that each task holds of limits, and the place in the window of its pool. */
        Map<String, Long> holds() {
            Map<String, Long> holds = new TreeMap<>(needs);
            if (!pool.isEmpty()) {
                holds.put(Evidence.limitOfPool(pool), 1L);
            }
            return holds;
        }
    }

    /** A stage that another one waits for. */
    record After(String stage, boolean each) {}

    private final Terms terms;
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> firsts = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private final int shard;
    private final long time;
    private final String lastPosition;
    private final boolean complete;
    private final int tasks;

    private GraphPlan(List<Part> parts) {
        Part last = parts.get(parts.size() - 1);
        terms = last.terms();
        shard = last.shard();
        time = last.time();
        lastPosition = last.position();
        complete = parts.size() == last.parts();
        int count = 0;
        for (Part part : parts) {
            for (Step step : part.steps()) {
                byName.putIfAbsent(step.name(), steps.size());
                firsts.add(count);
                steps.add(step);
                count += step.tasks();
            }
        }
        tasks = count;
    }

    /** The graphs by job. A graph that was sent again counts once. */
    static Map<Long, GraphPlan> of(Collection<Part> records) {
        Map<Long, List<Part>> byJob = new LinkedHashMap<>();
        records.stream()
                .sorted(Comparator.comparingInt(Part::shard).thenComparingLong(Part::offset))
                .forEach(part -> {
                    List<Part> parts = byJob.computeIfAbsent(part.terms().job(), job -> new ArrayList<>());
                    if (part.part() == parts.size()) {
                        parts.add(part);
                    }
                });
        Map<Long, GraphPlan> plans = new LinkedHashMap<>();
        byJob.forEach((job, parts) -> plans.put(job, new GraphPlan(parts)));
        return plans;
    }

    Terms terms() {
        return terms;
    }

    int shard() {
        return shard;
    }

    /** The time of its last part. */
    long time() {
        return time;
    }

    /** The position of its last part. */
    String lastPosition() {
        return lastPosition;
    }

    /** Returns whether all parts have come. */
    boolean isComplete() {
        return complete;
    }

    int tasks() {
        return tasks;
    }

    List<Step> steps() {
        return steps;
    }

    /** The index of the first task of a stage. */
    int first(int step) {
        return firsts.get(step);
    }

    /** The number of the stage of a task. */
    int numberOf(int task) {
        int number = 0;
        while (number + 1 < firsts.size() && firsts.get(number + 1) <= task) {
            number++;
        }
        return number;
    }

    Step stepOf(int task) {
        return steps.get(numberOf(task));
    }

    /** The reason for which the graph makes no sense; empty if it does. */
    Optional<String> fault() {
        Set<String> names = new HashSet<>();
        for (Step step : steps) {
            if (!names.add(step.name())) {
                return Optional.of("two stages " + step.name());
            }
            for (After after : step.after()) {
                Integer other = byName.get(after.stage());
                if (other == null) {
                    return Optional.of("no stage " + after.stage());
                }
                if (after.each() && steps.get(other).tasks() != step.tasks()) {
                    return Optional.of(step.name() + " and " + after.stage() + " cannot be paired");
                }
            }
        }
        return hasCycle() ? Optional.of("a cycle") : Optional.empty();
    }

    private boolean hasCycle() {
        Set<String> free = new HashSet<>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Step step : steps) {
                if (step.after().stream().allMatch(after -> free.contains(after.stage()))) {
                    grows |= free.add(step.name());
                }
            }
        }
        return free.size() < steps.size();
    }

    /** Returns whether a stage may fail without its job: something that waits for it does not need its success. */
    boolean isExcused(Step step) {
        return isNamedBy(step, When.ANY) || isAwaited(step);
    }

    /** Returns whether something that waits for the stage runs in any case. */
    boolean isAwaited(Step step) {
        return isNamedBy(step, When.ENDED);
    }

    private boolean isNamedBy(Step step, When when) {
        return steps.stream()
                .filter(other -> other.when() == when)
                .flatMap(other -> other.after().stream())
                .anyMatch(after -> after.stage().equals(step.name()));
    }

    /** Returns whether something still runs when the job has failed. */
    boolean hasRest() {
        return terms.continues()
                || steps.stream()
                        .anyMatch(step ->
                                step.when() == When.ENDED && !step.after().isEmpty());
    }

    /**
     * Judges a task by the ends of others.
     *
     * @param ends the tasks that have ended, and whether they succeeded
     * @return empty if something that it waits for has not ended
     */
    Optional<Boolean> mayRun(int task, Map<Integer, Boolean> ends) {
        Step step = stepOf(task);
        int good = 0;
        for (After after : step.after()) {
            Optional<Boolean> succeeded = hasSucceeded(after, task, ends);
            if (succeeded.isEmpty()) {
                return Optional.empty();
            }
            good += succeeded.get() ? 1 : 0;
        }
        return Optional.of(
                switch (step.when()) {
                    case ALL -> good == step.after().size();
                    case ANY -> good > 0 || step.after().isEmpty();
                    case ENDED -> true;
                });
    }

    /** Returns whether that for which a task waits there has succeeded; empty if it has not ended. */
    Optional<Boolean> hasSucceeded(After after, int task, Map<Integer, Boolean> ends) {
        int number = byName.get(after.stage());
        int from = after.each() ? first(number) + task - first(numberOf(task)) : first(number);
        int to = after.each() ? from + 1 : from + steps.get(number).tasks();
        boolean succeeded = true;
        for (int other = from; other < to; other++) {
            Boolean end = ends.get(other);
            if (end == null) {
                return Optional.empty();
            }
            succeeded &= end;
        }
        return Optional.of(succeeded);
    }

    @Override
    public String toString() {
        return terms + " " + steps;
    }
}
