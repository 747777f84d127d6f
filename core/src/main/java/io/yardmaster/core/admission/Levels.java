package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.order.TurnWeights;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Policy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The levels that have active or pending jobs, highest first, and the normal one (L1). */
public final class Levels implements Iterable<Level> {
    private final Policy policy;
    private final Storage storage;
    private final Keys keys;
    private final Level normal;
    /** In an array, because every turn begins with a look at the highest one. */
    private Level[] descending;

    private TurnWeights weights = TurnWeights.EVEN;
    private int floor = Budget.NO_FLOOR;

    Levels(Policy policy, Storage storage, Keys keys) {
        this.policy = policy;
        this.storage = storage;
        this.keys = keys;
        this.normal = new Level(Level.NORMAL, policy, storage, keys);
        this.descending = new Level[] {normal};
    }

    /** The level in which an active or pending job is. */
    Level of(Job job) {
        return obtain(job.level);
    }

    /** The level of a priority, which begins if no job is in it. */
    Level obtain(int priority) {
        if (priority == Level.NORMAL) {
            return normal;
        }
        Level found = find(priority);
        return found == null ? begin(priority) : found;
    }

    private @Nullable Level find(int priority) {
        for (Level level : descending) {
            if (level.priority() == priority) {
                return level;
            }
        }
        return null;
    }

    private Level begin(int priority) {
        Level level = new Level(priority, policy, storage, keys);
        level.weigh(weights);
        descending = Arrays.copyOf(descending, descending.length + 1);
        descending[descending.length - 1] = level;
        Arrays.sort(descending, Comparator.comparingInt(Level::priority).reversed());
        return level;
    }

    Level[] descending() {
        return descending;
    }

    @Override
    public Iterator<Level> iterator() {
        return Arrays.asList(descending).iterator();
    }

    /** Returns whether jobs with another than the normal priority are active or pending. */
    boolean areInUse() {
        return descending.length > 1;
    }

    void weigh(TurnWeights newWeights) {
        if (!newWeights.equals(weights)) {
            weights = newWeights;
            for (Level level : descending) {
                level.weigh(weights);
            }
        }
    }

    /** Sets the lowest priority whose tasks are offered. */
    public void limit(int newFloor) {
        floor = newFloor;
    }

    boolean isLimited() {
        return floor != Budget.NO_FLOOR;
    }

    boolean isBlocked(Level level) {
        return level.priority() < floor;
    }

    /** Returns whether a level that is not blocked has something to offer, or pending jobs. */
    boolean somethingWaits() {
        for (Level level : descending) {
            if (!isBlocked(level) && level.demand() > 0) {
                return true;
            }
        }
        return false;
    }

    /** The demand of the levels that are blocked. */
    public long blocked() {
        long blocked = 0;
        if (isLimited()) {
            for (Level level : descending) {
                blocked += isBlocked(level) ? level.demand() : 0;
            }
        }
        return blocked;
    }

    /** The demand of each level that has any, by priority; empty if only the normal level is in use. */
    public Map<Integer, Long> demand() {
        if (!areInUse()) {
            return Map.of();
        }
        Map<Integer, Long> demand = new TreeMap<>();
        for (Level level : descending) {
            if (level.demand() > 0) {
                demand.put(level.priority(), level.demand());
            }
        }
        return demand;
    }

    /** The average number of turns in a round of each level that is not blocked. A group has one, in however many levels it has active jobs. */
    double turnsPerRound() {
        if (areInUse() && policy.fairness().isByGroup()) {
            return turnsOfGroups();
        }
        double turns = 0;
        for (Level level : descending) {
            turns += isBlocked(level) ? 0 : level.turns().perRound();
        }
        return turns;
    }

    private double turnsOfGroups() {
        Set<Long> counted = new HashSet<>();
        long sum = 0;
        for (Level level : descending) {
            for (Group group : level.groups().all()) {
                if (group.activeJobs > 0 && !isBlocked(level) && counted.add(group.id())) {
                    sum += weights.of(group.id());
                }
            }
        }
        return sum / (turnWeight() * TurnWeights.ONE);
    }

    /** The weight of a group that has a turn in every round of its level; 1 unless weights are given. */
    double turnWeight() {
        long heaviest = 0;
        for (Level level : descending) {
            heaviest = Math.max(heaviest, level.turns().heaviest());
        }
        return heaviest == 0 ? 1 : (double) heaviest / TurnWeights.ONE;
    }

    /** The lowest level with an active job; there must be one. */
    Level lowestActive() {
        for (int i = descending.length - 1; i >= 0; i--) {
            if (descending[i].activeJobs() > 0) {
                return descending[i];
            }
        }
        throw new IllegalStateException("no job is active");
    }

    /** The highest level with a pending job; null if there is none. */
    @Nullable
    Level highestPending() {
        for (Level level : descending) {
            if (level.pending().size() > 0) {
                return level;
            }
        }
        return null;
    }

    long pendingJobs() {
        long jobs = 0;
        for (Level level : descending) {
            jobs += level.pending().size();
        }
        return jobs;
    }

    /** Loads the groups of all levels that are stored. */
    void load() {
        normal.load();
        storage.scan(keys.levels(), (key, value) -> obtain(Keys.level(key)));
        for (Level level : descending) {
            if (level != normal) {
                level.load();
            }
        }
    }

    /** Writes the groups that have changed, and forgets the levels without jobs. */
    void flush(StateWriter writer) {
        for (Level level : descending) {
            level.flush(writer);
        }
        if (areInUse()) {
            descending = Arrays.stream(descending)
                    .filter(level -> level == normal || !level.isEmpty())
                    .toArray(Level[]::new);
        }
    }
}
