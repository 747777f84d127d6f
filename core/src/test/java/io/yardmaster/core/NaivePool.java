package io.yardmaster.core;

import io.yardmaster.core.order.NaiveRing;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Active and pending jobs of a {@link NaiveScheduler}, and their turns. */
final class NaivePool {
    private final Policy policy;
    private final Consumer<Decision> decisions;
    private final List<NaiveJob> active = new ArrayList<>();
    private final List<NaiveJob> pending = new ArrayList<>();
    private final NaiveRing<NaiveJob> jobTurns;
    private final NaiveRing<Long> groupTurns = new NaiveRing<>(0);
    private final Map<Long, NaiveRing<NaiveJob>> turnsInGroup = new HashMap<>();
    /** The part of a turn that a group has added up to, as long as it has jobs. */
    private final Map<Long, Double> saved = new HashMap<>();

    private Map<Long, Double> weights = Map.of();
    private long arrivals;

    NaivePool(Policy policy, Consumer<Decision> decisions) {
        this.policy = policy;
        this.decisions = decisions;
        this.jobTurns = new NaiveRing<>(policy.activeJobs());
    }

    List<NaiveJob> active() {
        return active;
    }

    List<NaiveJob> pending() {
        return pending;
    }

    void weigh(Map<Long, Double> newWeights) {
        weights = newWeights;
    }

    private double weight(long group) {
        return weights.getOrDefault(group, 1.0);
    }

    private void pass(long group) {
        double sum = saved.getOrDefault(group, 0.0) + weight(group);
        saved.put(group, sum >= 1 ? sum - 1 : sum);
        groupTurns.takeTurn();
    }

    boolean contains(NaiveJob job) {
        return active.contains(job) || pending.contains(job);
    }

    boolean hasSomething() {
        return !pending.isEmpty() || active.stream().anyMatch(job -> !job.buffered.isEmpty());
    }

    private boolean byGroup() {
        return policy.fairness() == Fairness.RESOURCE_GROUP;
    }

    private long activeIn(long group) {
        return active.stream().filter(job -> job.group == group).count();
    }

    /** Admits a job that now has buffered tasks. */
    void admit(NaiveJob job) {
        job.arrival = ++arrivals;
        boolean crowded = groupTurns.members().stream().anyMatch(group -> activeIn(group) > 1);
        if (active.size() < policy.activeJobs()) {
            activate(job);
        } else if (byGroup() && activeIn(job.group) == 0 && crowded) {
            long most = groupTurns.members().stream()
                    .mapToLong(this::activeIn)
                    .max()
                    .orElseThrow();
            long largest = groupTurns.members().stream()
                    .filter(group -> activeIn(group) == most)
                    .findFirst()
                    .orElseThrow();
            NaiveJob leaving = turnsInGroup.get(largest).youngest();
            deactivate(leaving);
            if (leaving.buffered.isEmpty()) {
                decisions.accept(new Decision.Retired(leaving.id));
            } else {
                pending.add(leaving);
            }
            activate(job);
        } else {
            pending.add(job);
        }
    }

    private void activate(NaiveJob job) {
        active.add(job);
        jobTurns.join(job);
        if (activeIn(job.group) == 1) {
            groupTurns.join(job.group);
            turnsInGroup.put(job.group, new NaiveRing<>(policy.activeJobs()));
        }
        turnsInGroup.get(job.group).join(job);
    }

    private void deactivate(NaiveJob job) {
        active.remove(job);
        jobTurns.leave(job);
        turnsInGroup.get(job.group).leave(job);
        if (activeIn(job.group) == 0) {
            groupTurns.leave(job.group);
            turnsInGroup.remove(job.group);
        }
    }

    void takeOut(NaiveJob job) {
        if (active.contains(job)) {
            deactivate(job);
        }
        pending.remove(job);
        admitPending();
        if (Stream.concat(active.stream(), pending.stream()).noneMatch(other -> other.group == job.group)) {
            saved.remove(job.group);
        }
    }

    private void admitPending() {
        while (active.size() < policy.activeJobs() && !pending.isEmpty()) {
            boolean someHasNoPlace = byGroup() && pending.stream().anyMatch(job -> activeIn(job.group) == 0);
            Stream<NaiveJob> candidates = pending.stream().filter(job -> !someHasNoPlace || activeIn(job.group) == 0);
            NaiveJob next =
                    candidates.min(Comparator.comparingLong(job -> job.arrival)).orElseThrow();
            pending.remove(next);
            activate(next);
        }
    }

    void retire(NaiveJob job) {
        takeOut(job);
        decisions.accept(new Decision.Retired(job.id));
    }

    void beginRound() {
        jobTurns.beginRound();
        groupTurns.beginRound();
    }

    NaiveJob next() {
        if (!byGroup()) {
            return jobTurns.next();
        }
        Long group = groupTurns.next();
        while (group != null && saved.getOrDefault(group, 0.0) + weight(group) < 1) {
            pass(group);
            group = groupTurns.next();
        }
        if (group == null) {
            return null;
        }
        NaiveRing<NaiveJob> turns = turnsInGroup.get(group);
        if (turns.next() == null) {
            turns.beginRound();
        }
        return turns.next();
    }

    void takeTurn(NaiveJob job) {
        if (byGroup()) {
            pass(job.group);
            turnsInGroup.get(job.group).takeTurn();
        } else {
            jobTurns.takeTurn();
        }
    }
}
