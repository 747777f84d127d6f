package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.order.Rotation;
import io.yardmaster.core.order.TurnOrder;
import io.yardmaster.core.order.TurnWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The turns of all active jobs: a level has turns while no higher one has a task to offer (L1). A round of a level that a higher
 * one interrupts goes on where it stopped.
 */
public final class Turns {
    private final Levels levels;
    /** The normal level has the same order always. */
    private final TurnOrder normal;

    Turns(Levels levels) {
        this.levels = levels;
        this.normal = levels.obtain(Level.NORMAL).turns();
    }

    /** The order of all jobs, if none has another than the normal priority and that is not blocked; otherwise null. Does not change during a tick. */
    public @Nullable TurnOrder only() {
        return levels.areInUse() || levels.isBlocked(levels.obtain(Level.NORMAL)) ? null : normal;
    }

    /**
     * The order of the level whose job has the next turn, as long as no turn ends and no job joins or leaves. Its
     * {@link TurnOrder#next} is null at the end of the round. Null if only levels that are blocked have a turn.
     */
    public @Nullable TurnOrder due() {
        for (Level level : levels.descending()) {
            if (levels.isBlocked(level)) {
                return null;
            }
            if (level.backlog() > 0 || level.turns().next() != null) {
                return level.turns();
            }
        }
        return normal;
    }

    /** Begins a round of each level that is not in the middle of one. */
    public void beginRound() {
        for (Level level : levels.descending()) {
            if (level.takesPart() && level.turns().next() == null) {
                level.turns().beginRound();
            }
        }
    }

    /** Ends the round of each level that has no turn left in it. */
    public void endRound() {
        for (Level level : levels.descending()) {
            if (level.turns().next() == null) {
                level.turns().endRound();
            }
        }
    }

    /** The average number of turns in a round, of all levels: the shard is due as many, whichever jobs take them. */
    public double perRound() {
        return levels.turnsPerRound();
    }

    /** The weight of a group that has a turn in every round; 1 unless weights are given. */
    public double turnWeight() {
        return levels.turnWeight();
    }

    /** Sets how often groups have a turn, also those that join later. */
    public void weigh(TurnWeights weights) {
        levels.weigh(weights);
    }

    /** The jobs that have the next turns, in order, each once. */
    public List<Job> upcoming(int limit) {
        List<Job> upcoming = new ArrayList<>();
        for (Level level : levels) {
            if (upcoming.size() < limit) {
                upcoming.addAll(level.turns().upcoming(limit - upcoming.size()));
            }
        }
        return upcoming;
    }

    /**
     * Passes every active job with the number of turns before its next one, if nothing changes; ignores weights. Each task of a
     * higher level takes a turn.
     */
    public void turnsBefore(ObjLongConsumer<Job> each) {
        long ofHigher = 0;
        for (Level level : levels) {
            long before = ofHigher;
            level.turns().turnsBefore((job, turns) -> each.accept(job, before + turns));
            ofHigher += level.backlog();
        }
    }

    /** Waiting tasks of active jobs in higher levels than that of an active or pending job; 0 for another job. */
    public long tasksBefore(Job job) {
        long tasks = 0;
        if (job.phase == Job.Phase.ACTIVE || job.phase == Job.Phase.PENDING) {
            for (Level level : levels) {
                tasks += level.priority() > job.level ? level.backlog() : 0;
            }
        }
        return tasks;
    }

    /** The cursors of the levels that have active jobs, and of the normal one, by priority. */
    public Map<Integer, Rotation.Cursor> cursors() {
        if (!levels.areInUse()) {
            return Map.of(Level.NORMAL, normal.cursor());
        }
        Map<Integer, Rotation.Cursor> cursors = new TreeMap<>();
        for (Level level : levels) {
            if (level.takesPart()) {
                cursors.put(level.priority(), level.turns().cursor());
            }
        }
        return cursors;
    }
}
