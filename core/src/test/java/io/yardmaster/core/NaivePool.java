package io.yardmaster.core;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Active and pending jobs of a {@link NaiveScheduler}, and their turns. */
final class NaivePool {
    private final Policy policy;
    private final Consumer<Decision> decisions;
    /** By priority, the highest first. */
    private final Map<Integer, NaiveLevel> levels = new TreeMap<>(Comparator.reverseOrder());

    private NaiveWeights weights = NaiveWeights.EVEN;
    private long arrivals;

    NaivePool(Policy policy, Consumer<Decision> decisions) {
        this.policy = policy;
        this.decisions = decisions;
        levels.put(0, new NaiveLevel(0, policy));
    }

    Collection<NaiveLevel> levels() {
        return levels.values();
    }

    List<NaiveJob> active() {
        return levels.values().stream().flatMap(level -> level.active.stream()).toList();
    }

    /** Pending jobs, the next one first if groups do not take turns. */
    List<NaiveJob> pending() {
        return levels.values().stream()
                .flatMap(level -> level.pending.stream().sorted(Comparator.comparingLong(job -> job.arrival)))
                .toList();
    }

    void weigh(NaiveWeights newWeights) {
        weights = newWeights;
    }

    boolean contains(NaiveJob job) {
        return active().contains(job) || pending().contains(job);
    }

    boolean hasSomething() {
        return !pending().isEmpty() || levels.values().stream().anyMatch(NaiveLevel::hasTasks);
    }

    private NaiveLevel of(NaiveJob job) {
        return levels.computeIfAbsent(job.priority, priority -> new NaiveLevel(priority, policy));
    }

    /** Admits a job that now has buffered tasks. */
    void admit(NaiveJob job) {
        job.arrival = ++arrivals;
        NaiveLevel level = of(job);
        NaiveLevel lowest = levels.values().stream()
                .filter(other -> !other.active.isEmpty())
                .reduce((higher, lower) -> lower)
                .orElse(null);
        boolean free = active().size() < policy.activeJobs();
        boolean isNext = pending().stream().allMatch(other -> other.priority < job.priority);
        if (free && isNext) {
            activate(job);
        } else if (!free && (lowest.priority < job.priority || (lowest == level && level.owesAPlaceTo(job)))) {
            demoteOneOf(lowest);
            activate(job);
        } else {
            level.pending.add(job);
        }
    }

    private void demoteOneOf(NaiveLevel level) {
        NaiveJob leaving = level.dispensable();
        level.leave(leaving);
        if (leaving.buffered.isEmpty()) {
            decisions.accept(new Decision.Retired(leaving.id));
        } else {
            level.pending.add(leaving);
        }
        level.settle();
    }

    private void activate(NaiveJob job) {
        of(job).join(job);
    }

    void takeOut(NaiveJob job) {
        remove(job);
        admitPending();
    }

    private void remove(NaiveJob job) {
        NaiveLevel level = of(job);
        if (level.active.contains(job)) {
            level.leave(job);
        }
        level.pending.remove(job);
        level.settle();
    }

    private void admitPending() {
        while (active().size() < policy.activeJobs() && !pending().isEmpty()) {
            NaiveLevel level = of(pending().get(0));
            boolean someHasNoPlace = policy.fairness() != Fairness.JOB
                    && level.pending.stream().anyMatch(job -> level.activeIn(job.group) == 0);
            Stream<NaiveJob> candidates =
                    level.pending.stream().filter(job -> !someHasNoPlace || level.activeIn(job.group) == 0);
            NaiveJob next =
                    candidates.min(Comparator.comparingLong(job -> job.arrival)).orElseThrow();
            level.pending.remove(next);
            activate(next);
        }
    }

    void prioritize(NaiveJob job, int priority) {
        if (!contains(job)) {
            job.priority = priority;
        } else if (job.buffered.isEmpty()) {
            retire(job);
            job.priority = priority;
        } else {
            remove(job);
            job.priority = priority;
            admit(job);
            admitPending();
            settleGroups();
        }
    }

    /** Gives groups without a place in their level one of those of which another group has several. */
    private void settleGroups() {
        NaiveJob owed = owed();
        while (owed != null) {
            demoteOneOf(of(owed));
            admitPending();
            owed = owed();
        }
    }

    private NaiveJob owed() {
        return pending().stream()
                .filter(job -> of(job).owesAPlaceTo(job))
                .findFirst()
                .orElse(null);
    }

    void retire(NaiveJob job) {
        takeOut(job);
        decisions.accept(new Decision.Retired(job.id));
    }

    void beginRound() {
        levels.values().forEach(level -> level.beginRound(weights));
    }

    void endRound() {
        levels.values().forEach(level -> level.endRound(weights));
    }

    void flush() {
        levels.values().forEach(NaiveLevel::flush);
    }

    NaiveJob next() {
        for (NaiveLevel level : levels.values()) {
            if (level.hasTurn(weights)) {
                return level.next(weights);
            }
            if (level.hasTasks()) {
                return null;
            }
        }
        return null;
    }

    void takeTurn(NaiveJob job) {
        of(job).takeTurn(job, weights);
    }
}
