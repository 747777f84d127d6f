package io.yardmaster.core.order;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** The turns of one group: its place in the rotation of groups, and the rotation of its jobs. */
final class GroupTurns {
    private static final long NOT_SEATED = 0;

    final long group;
    final Rotation<Job> jobs;
    final DeficitCounter deficit = new DeficitCounter();
    /** In the units of {@link TurnWeights}. */
    private long weight = TurnWeights.ONE;
    /** The weight of the heaviest group, in proportion to which {@link #deficit} has the weight. */
    private long scale;
    /** Its seat in the rotation of groups, while it has active jobs. */
    int place;
    /** The number of that seat, which it takes again after a restart. */
    long seat = NOT_SEATED;
    /** True if what {@link #write} writes has changed since it was written. */
    private boolean changed;
    /** The stored cursor of its jobs, for {@link #goOn} after they have been seated again. */
    private Rotation.Cursor storedCursor = Rotation.Cursor.START;

    GroupTurns(long group, int places) {
        this.group = group;
        this.jobs = new Rotation<>(places);
    }

    long weight() {
        return weight;
    }

    void weigh(long newWeight) {
        weight = newWeight;
        scale = 0;
    }

    /** Returns whether it has a turn in this round, in proportion to the heaviest group of the rotation. */
    boolean isDue(long heaviest) {
        if (scale != heaviest) {
            scale = heaviest;
            deficit.weigh(weight, heaviest);
        }
        return deficit.isDue();
    }

    /** Gives the group the seat of its first job. */
    void seatBy(Job job) {
        if (seat == NOT_SEATED) {
            seat = job.seat;
        }
    }

    /** The job that takes the group's next turn; after the last one the first one is next again. */
    @Nullable
    Job next() {
        Job next = jobs.next();
        return next == null ? jobs.first() : next;
    }

    /** Begins the turn of that job; if it is the first job's turn, begins a round of the group. */
    void beginTurn() {
        if (jobs.next() == null) {
            jobs.beginRound();
        }
    }

    void goOn() {
        jobs.moveTo(storedCursor);
    }

    /** Returns false if a change was told before and has not been written since. */
    boolean change() {
        boolean first = !changed;
        changed = true;
        return first;
    }

    void write(StateWriter writer) {
        changed = false;
        writer.unsigned(seat);
        jobs.cursor().write(writer);
        writer.unsigned(deficit.saved());
    }

    void read(StateReader reader) {
        seat = reader.unsigned();
        storedCursor = Rotation.Cursor.read(reader);
        deficit.restore(reader.count());
    }
}
