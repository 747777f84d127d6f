package io.yardmaster.replay.report;

import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.ReplayPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A day under several policies and, as far as that is known, as it was.
 *
 * @param jobs of the day
 * @param firstAt epoch ms of the first event
 * @param windowMillis the width of the windows of utilisation over time
 * @param sides the day as it was, if its tasks' times are known, and then under each policy
 * @param changes from the first policy to each other one
 * @param notes sentences about parts of the recording that were left out, or of policies that had no effect
 */
public record Comparison(
        ModelFleet fleet,
        long jobs,
        long firstAt,
        long windowMillis,
        List<DaySide> sides,
        List<PolicyChanges> changes,
        List<String> notes) {

    /** The name of the day as it was. */
    public static final String RECORDED = "recorded";

    /** Compares the figures of a day, and of its replays in the order of the policies. */
    public static Comparison of(
            ModelFleet fleet,
            List<ReplayPolicy> policies,
            RunFigures recorded,
            List<RunFigures> replayed,
            List<String> dayNotes) {
        List<RunFigures> all =
                Stream.concat(Stream.of(recorded), replayed.stream()).toList();
        long width = all.stream().mapToLong(one -> one.windows().width()).max().orElseThrow();
        all.forEach(one -> one.windows().widen(width));
        List<DaySide> sides = new ArrayList<>();
        if (recorded.tasks() > 0) {
            sides.add(side(RECORDED, true, fleet, recorded, Comparison::even));
        }
        List<PolicyChanges> changes = new ArrayList<>();
        List<String> notes = new ArrayList<>(dayNotes);
        for (int i = 0; i < policies.size(); i++) {
            ReplayPolicy policy = policies.get(i);
            sides.add(side(policy.name(), false, fleet, replayed.get(i), weights(policy)));
            noteUnknownGroups(policy, replayed.get(i), notes);
            noteUnusedWeights(policy, notes);
            if (i > 0) {
                changes.add(PolicyChanges.of(policies.get(0).name(), replayed.get(0), policy.name(), replayed.get(i)));
            }
        }
        return new Comparison(
                fleet,
                replayed.get(0).jobs(),
                replayed.get(0).firstAt(),
                width,
                List.copyOf(sides),
                List.copyOf(changes),
                List.copyOf(notes));
    }

    private static ToDoubleFunction<Long> weights(ReplayPolicy policy) {
        Map<Long, Double> weights = policy.live().groupWeights();
        return policy.policy().fairness().isByWeight() ? group -> weights.getOrDefault(group, 1.0) : Comparison::even;
    }

    private static double even(long group) {
        return 1;
    }

    private static void noteUnknownGroups(ReplayPolicy policy, RunFigures figures, List<String> notes) {
        TreeSet<Long> unknown = new TreeSet<>(policy.live().groupWeights().keySet());
        unknown.removeIf(group -> figures.find(group) != null);
        if (!unknown.isEmpty()) {
            String more = unknown.size() == 1 ? "" : " and %s more that it names".formatted(unknown.size() - 1);
            notes.add("%s: the day had no resource group %s%s".formatted(policy.name(), unknown.first(), more));
        }
    }

    private static void noteUnusedWeights(ReplayPolicy policy, List<String> notes) {
        if (!policy.live().groupWeights().isEmpty()
                && !policy.policy().fairness().isByWeight()) {
            notes.add(policy.name()
                    + ": its weights change nothing, as only fairness=weighted and fairness=drf obey them");
        }
    }

    private static DaySide side(
            String name, boolean recorded, ModelFleet fleet, RunFigures figures, ToDoubleFunction<Long> weight) {
        long makespan = figures.makespan();
        double capacity = (double) fleet.slots() * Math.max(1, makespan);
        return new DaySide(
                name,
                recorded,
                figures.tasks(),
                figures.tasksPreempted(),
                makespan,
                figures.slotMillis(),
                figures.slotMillis() / capacity,
                row("all", figures.waits()),
                row("all", figures.turnarounds()),
                figures.groups().stream()
                        .flatMap(group -> row(String.valueOf(group.id()), group.waits()).stream())
                        .toList(),
                figures.byPriority().entrySet().stream()
                        .flatMap(one -> row(String.valueOf(one.getKey()), one.getValue()).stream())
                        .toList(),
                figures.bySize().entrySet().stream()
                        .flatMap(one -> row(one.getKey().label(), one.getValue()).stream())
                        .toList(),
                JainIndex.of(figures, weight),
                figures.limits(),
                figures.deadlines(),
                busy(figures, fleet.slots()),
                figures.notes());
    }

    private static Optional<WaitRow> row(String what, WaitFigures waits) {
        return waits.count() == 0 ? Optional.empty() : Optional.of(WaitRow.of(what, waits));
    }

    private static List<Double> busy(RunFigures figures, int slots) {
        double capacity = (double) figures.windows().width() * slots;
        return IntStream.rangeClosed(0, figures.lastWindow())
                .mapToObj(window -> figures.busy().get(window) / capacity)
                .toList();
    }

    /** The sides under a policy. */
    public List<DaySide> replayed() {
        return sides.stream().filter(side -> !side.recorded()).toList();
    }
}
