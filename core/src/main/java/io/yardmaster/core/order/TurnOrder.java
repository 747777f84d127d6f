package io.yardmaster.core.order;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Whose turn it is in the part of a cycle in which active jobs are offered (S3, S15). */
public interface TurnOrder {
    /** The job joins at the tail; its seat is higher than all others'. */
    void add(Job job);

    void remove(Job job);

    /** The active job whose turn it is; null at the end of the round. Changes nothing. */
    Job next();

    /** The next job's turn begins: it offers a task, and its turn ends, or has none, and is removed. */
    void beginTurn();

    /** The turn that began has been taken. */
    void endTurn();

    /** The job that is the first to lose its place where places are short. There is one at least. Changes nothing. */
    Job dispensable();

    void beginRound();

    void endRound();

    /** How many turns there are in a round, on average. */
    double perRound();

    /**
     * How often groups have a turn.
     *
     * @param weights above 0 and up to 1; groups that are not mentioned have weight 1, also those that come later
     */
    void weigh(Map<Long, Double> weights);

    /** The jobs that have the next turns, in order, each once. */
    List<Job> upcoming(int limit);

    /** Says of every active job how many turns there are before its next one, as things stand; weights do not count. */
    void turnsBefore(ObjLongConsumer<Job> each);

    Rotation.Cursor cursor();

    /** Seats these jobs, which are in order of their seats, and puts the cursor where it was. */
    void restore(List<Job> jobs, Rotation.Cursor cursor);

    /** Whether it has something to keep of groups that have active jobs. */
    boolean keepsGroups();

    /** Writes that for one group. */
    void writeGroup(long group, StateWriter writer);

    /** Reads it; {@link #restore} follows. */
    void readGroup(long group, StateReader reader);

    /** Nothing is known of the group any more. */
    void forgetGroup(long group);
}
