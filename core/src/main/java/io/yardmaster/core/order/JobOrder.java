package io.yardmaster.core.order;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Gives every job one turn a cycle, regardless of its group. */
public final class JobOrder implements TurnOrder {
    private final int places;
    private final JobSeats seats = new JobSeats();
    private Rotation<Job> jobs;

    /** @param places the most jobs that may be active */
    public JobOrder(int places) {
        this.places = places;
        this.jobs = new Rotation<>(places);
    }

    @Override
    public void add(Job job) {
        seats.put(job, jobs.add(job, job.seat));
    }

    @Override
    public void remove(Job job) {
        jobs.remove(seats.remove(job));
    }

    @Override
    public void beginAnew() {
        jobs = new Rotation<>(places);
    }

    @Override
    public @Nullable Job next() {
        return jobs.next();
    }

    @Override
    public void beginTurn() {}

    @Override
    public void endTurn() {
        jobs.advance();
    }

    @Override
    public Job dispensable() {
        return jobs.youngest();
    }

    @Override
    public void beginRound() {
        jobs.beginRound();
    }

    @Override
    public void endRound() {
        jobs.endRound();
    }

    @Override
    public double perRound() {
        return jobs.size();
    }

    @Override
    public long heaviest() {
        return TurnWeights.ONE;
    }

    @Override
    public void weigh(TurnWeights weights) {}

    @Override
    public List<Job> upcoming(int limit) {
        return jobs.upcoming(limit);
    }

    @Override
    public void turnsBefore(ObjLongConsumer<Job> each) {
        jobs.turnsBefore(each);
    }

    @Override
    public Rotation.Cursor cursor() {
        return jobs.cursor();
    }

    @Override
    public void restore(List<Job> active, Rotation.Cursor cursor) {
        active.forEach(this::add);
        jobs.moveTo(cursor);
    }

    @Override
    public boolean keepsGroups() {
        return false;
    }

    @Override
    public void writeGroup(long group, StateWriter writer) {}

    /** Ignores the section, which a {@link GroupOrder} may have written. */
    @Override
    public void readGroup(long group, StateReader reader) {}

    @Override
    public void forgetGroup(long group) {}
}
