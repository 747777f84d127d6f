package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;

/** The paused jobs, which wait for a command (O5). */
public final class PausedJobs implements Section {
    private static final int TAG = 6;

    private final Fifo jobs;
    private final Ledger ledger;
    private long tasks;
    private long finalizing;
    private long closed;

    public PausedJobs(Storage storage, Keys keys, Ledger ledger) {
        this.jobs = new Fifo(storage, keys, Fifo.PAUSED, 0);
        this.ledger = ledger;
        ledger.keep(TAG, this);
    }

    /** The jobs in the order in which they were paused; the stamp is the scheduler's age at that time. */
    public Fifo jobs() {
        return jobs;
    }

    /** Regular tasks of paused jobs that wait. */
    public long tasks() {
        return tasks;
    }

    /** Finalizing tasks of paused jobs that wait. */
    public long finalizing() {
        return finalizing;
    }

    /** Paused jobs whose gate is closed. */
    public long closed() {
        return closed;
    }

    /** Counts a paused job whose gate is closed now. */
    public void closeGate() {
        closed++;
        ledger.touch();
    }

    /** Adds a job, with the tasks that it has. */
    public void add(Job job, long age) {
        job.pausedPlace = jobs.append(job.id, age);
        if (job.phase == Job.Phase.FINALIZING) {
            closeGate();
        }
        grow(job.waiting());
    }

    /** Counts {@code added} newly buffered tasks of a paused job. */
    void grow(long added) {
        tasks += added;
        ledger.touch();
    }

    /** Counts tasks of a paused job that were discarded. */
    public void shrink(long discarded) {
        grow(-discarded);
    }

    /** Counts a finalizing task that begins, or with -1 ends, to wait for the end of its job's pause. */
    public void growFinalizing(int more) {
        finalizing += more;
        ledger.touch();
    }

    /** Removes a job, with the tasks that it has. */
    public void remove(Job job) {
        jobs.remove(job.pausedPlace);
        job.pausedPlace = Job.NOWHERE;
        if (job.phase == Job.Phase.FINALIZING) {
            closed--;
        }
        shrink(job.waiting());
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(tasks).unsigned(finalizing).unsigned(closed);
        jobs.write(writer);
    }

    @Override
    public void read(StateReader reader) {
        tasks = reader.unsigned();
        finalizing = reader.unsigned();
        closed = reader.unsigned();
        jobs.read(reader);
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no pauses.
    }

    @Override
    public void beginSession() {
        tasks = 0;
        finalizing = 0;
        closed = 0;
        jobs.clear();
    }
}
