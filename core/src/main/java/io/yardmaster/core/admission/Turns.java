package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.order.Rotation;
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

    Turns(Levels levels) {
        this.levels = levels;
    }

    /** The active job whose turn it is; null at the end of the round. Changes nothing. */
    public @Nullable Job next() {
        for (Level level : levels.descending()) {
            Job next = level.turns().next();
            if (next != null || level.backlog() > 0) {
                return next;
            }
        }
        return null;
    }

    /** Begins the turn of the next job. {@link #endTurn} follows if it offers a task, {@link Pool#retire} if it has none. */
    public void beginTurn(Job job) {
        levels.of(job).turns().beginTurn();
    }

    /** Ends the turn that began. */
    public void endTurn(Job job) {
        levels.of(job).turns().endTurn();
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

    /** The average number of turns in a round of the highest level that has a task to offer. */
    public double perRound() {
        for (Level level : levels.descending()) {
            if (level.backlog() > 0) {
                return level.turns().perRound();
            }
        }
        double turns = 0;
        for (Level level : levels.descending()) {
            turns += level.turns().perRound();
        }
        return turns;
    }

    /**
     * Sets how often groups have a turn.
     *
     * @param weights above 0 and up to 1; a group that is not in the map has weight 1, also one that joins later
     */
    public void weigh(Map<Long, Double> weights) {
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
            return Map.of(Level.NORMAL, levels.obtain(Level.NORMAL).turns().cursor());
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
