package io.yardmaster.core.order;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** The order of turns in the part of a cycle that offers tasks of active jobs (S3, S15). */
public interface TurnOrder {
    /** Adds a job at the tail; its seat is higher than all others. */
    void add(Job job);

    void remove(Job job);

    /** Forgets the turns that were taken, and has the stored sections that differ from then on written again. No job may be active. */
    void beginAnew();

    /** The active job whose turn it is; null at the end of the round. Changes nothing. */
    @Nullable
    Job next();

    /** Begins the next job's turn. {@link #endTurn} follows if the job offers a task, {@link #remove} if it has none. */
    void beginTurn();

    /** Ends the turn that began. */
    void endTurn();

    /** The job that is the first to lose its place if places are short. At least one job must be active. Changes nothing. */
    Job dispensable();

    void beginRound();

    void endRound();

    /** The average number of turns in a round. */
    double perRound();

    /** The weight of what has a turn in every round, in the units of {@link TurnWeights}; 0 if the weights say so of no group here. */
    long heaviest();

    /** Sets how often groups have a turn, also those that join later. */
    void weigh(TurnWeights weights);

    /** The jobs that have the next turns, in order, each once. */
    List<Job> upcoming(int limit);

    /** Passes every active job with the number of turns before its next one, if nothing changes; ignores weights. */
    void turnsBefore(ObjLongConsumer<Job> each);

    Rotation.Cursor cursor();

    /** Seats these jobs, which are in order of their seats, and goes on at the cursor. */
    void restore(List<Job> jobs, Rotation.Cursor cursor);

    /** Returns whether groups that have active jobs need a section in their record. */
    boolean keepsGroups();

    /** Writes the section of one group. */
    void writeGroup(long group, StateWriter writer);

    /** Reads the section of one group; {@link #restore} follows. */
    void readGroup(long group, StateReader reader);

    /** Forgets a group without active jobs. */
    void forgetGroup(long group);
}
