package io.yardmaster.core;

import io.yardmaster.core.order.NaiveRing;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Active and pending jobs of one priority in a {@link NaivePool}, and their turns. */
final class NaiveLevel {
    final int priority;
    final List<NaiveJob> active = new ArrayList<>();
    final List<NaiveJob> pending = new ArrayList<>();
    private final Policy policy;
    private NaiveRing<NaiveJob> jobTurns;
    private NaiveRing<Long> groupTurns;
    private final Map<Long, NaiveRing<NaiveJob>> turnsInGroup = new HashMap<>();
    /** The part of a turn that a group has added up to, until it is without jobs at a flush. */
    private final Map<Long, Double> saved = new HashMap<>();

    NaiveLevel(int priority, Policy policy) {
        this.priority = priority;
        this.policy = policy;
        beginAnew();
    }

    private void beginAnew() {
        jobTurns = new NaiveRing<>(policy.activeJobs());
        groupTurns = new NaiveRing<>(0);
        saved.clear();
    }

    private boolean byGroup() {
        return policy.fairness() != Fairness.JOB;
    }

    long activeIn(long group) {
        return active.stream().filter(job -> job.group == group).count();
    }

    boolean hasTasks() {
        return active.stream().anyMatch(job -> !job.buffered.isEmpty());
    }

    /** Returns whether an active job of another group must give its place to this job. */
    boolean owesAPlaceTo(NaiveJob job) {
        return byGroup() && activeIn(job.group) == 0 && active.stream().anyMatch(other -> activeIn(other.group) > 1);
    }

    /** The active job that is the first to lose its place. */
    NaiveJob dispensable() {
        if (!byGroup()) {
            return jobTurns.youngest();
        }
        long most = active.stream().mapToLong(job -> activeIn(job.group)).max().orElseThrow();
        long largest = groupTurns.members().stream()
                .filter(group -> activeIn(group) == most)
                .findFirst()
                .orElseThrow();
        return turnsInGroup.get(largest).youngest();
    }

    void join(NaiveJob job) {
        active.add(job);
        jobTurns.join(job);
        if (activeIn(job.group) == 1) {
            groupTurns.join(job.group);
            turnsInGroup.put(job.group, new NaiveRing<>(policy.activeJobs()));
        }
        turnsInGroup.get(job.group).join(job);
    }

    void leave(NaiveJob job) {
        active.remove(job);
        jobTurns.leave(job);
        turnsInGroup.get(job.group).leave(job);
        if (activeIn(job.group) == 0) {
            groupTurns.leave(job.group);
            turnsInGroup.remove(job.group);
        }
    }

    /** Begins anew if nothing is active; only the normal level goes on. */
    void settle() {
        if (active.isEmpty() && priority != 0) {
            beginAnew();
        }
    }

    /** Forgets groups without jobs. */
    void flush() {
        saved.keySet()
                .retainAll(Stream.concat(active.stream(), pending.stream())
                        .map(job -> job.group)
                        .collect(Collectors.toSet()));
    }

    /** Returns whether a job has a turn in this round. */
    boolean hasTurn(NaiveWeights weights) {
        return byGroup()
                ? groupTurns.toCome().stream().anyMatch(group -> isDue(group, weights))
                : jobTurns.next() != null;
    }

    void beginRound(NaiveWeights weights) {
        boolean takesPart = priority == 0 || !active.isEmpty();
        if (takesPart && !hasTurn(weights)) {
            jobTurns.beginRound();
            groupTurns.beginRound();
        }
    }

    /** Ends the round and passes over the groups that are not due, unless a job has a turn. */
    void endRound(NaiveWeights weights) {
        if (!hasTurn(weights)) {
            next(weights);
            jobTurns.endRound();
            groupTurns.endRound();
        }
    }

    private boolean isDue(long group, NaiveWeights weights) {
        return saved.getOrDefault(group, 0.0) + weights.of(group, groupTurns.members()) >= 1;
    }

    NaiveJob next(NaiveWeights weights) {
        if (!byGroup()) {
            return jobTurns.next();
        }
        Long group = groupTurns.next();
        while (group != null && !isDue(group, weights)) {
            pass(group, weights);
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

    private void pass(long group, NaiveWeights weights) {
        double sum = saved.getOrDefault(group, 0.0) + weights.of(group, groupTurns.members());
        saved.put(group, sum >= 1 ? sum - 1 : sum);
        groupTurns.takeTurn();
    }

    void takeTurn(NaiveJob job, NaiveWeights weights) {
        if (byGroup()) {
            pass(job.group, weights);
            turnsInGroup.get(job.group).takeTurn();
        } else {
            jobTurns.takeTurn();
        }
    }
}
