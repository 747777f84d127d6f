package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Garbage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All jobs that are known: the active ones in memory, the others in storage until an event names them. */
public final class JobTable {
    private final Storage storage;
    private final Keys keys;
    private final Garbage garbage;
    private final JobsById loaded = new JobsById();
    /** The jobs that changed or were loaded since the last flush; a job may be in it twice. */
    private final List<Job> touched = new ArrayList<>();
    /** Gives a job that has a graph the graph. */
    private Consumer<Job> attach = job -> {};
    /** Is told of each job with a graph that the table keeps from now on. */
    private Consumer<Job> kept = job -> {};

    public JobTable(Storage storage, Keys keys, Garbage garbage) {
        this.storage = storage;
        this.keys = keys;
        this.garbage = garbage;
    }

    /**
     * Has these called with each job that is read from the storage and has a graph.
     *
     * @param read gives it its graph, and changes nothing else: perhaps somebody only looks
     * @param isKept follows it if the table keeps it
     */
    public void onGraph(Consumer<Job> read, Consumer<Job> isKept) {
        attach = read;
        kept = isKept;
    }

    /** The job, or null if the scheduler does not know it. */
    public @Nullable Job find(long id) {
        Job job = loaded.get(id);
        if (job != null) {
            return job;
        }
        byte[] record = storage.get(keys.job(id));
        if (record == null) {
            return null;
        }
        Job read = keep(read(id, record));
        if (read.hasGraph) {
            kept.accept(read);
        }
        return read;
    }

    /** The job, or null, for a caller that does not change it: the table does not keep it. */
    public @Nullable Job look(long id) {
        Job job = loaded.get(id);
        if (job != null) {
            return job;
        }
        byte[] record = storage.get(keys.job(id));
        return record == null ? null : read(id, record);
    }

    /** A job that is in a queue, and so must have a record. */
    public Job get(long id) {
        Job job = find(id);
        if (job == null) {
            throw new IllegalStateException("job " + id + " is queued but has no record");
        }
        return job;
    }

    private Job read(long id, byte[] record) {
        Job job = JobRecord.read(id, record, pages(id));
        if (job.hasGraph) {
            attach.accept(job);
        }
        return job;
    }

    /** Returns whether the job is in memory. */
    public boolean isLoaded(long id) {
        return loaded.get(id) != null;
    }

    public Job create(long id, long group) {
        return keep(new Job(id, group, pages(id)));
    }

    private Pages pages(long id) {
        return new Pages(storage, keys, garbage, id);
    }

    private Job keep(Job job) {
        loaded.put(job);
        touched.add(job);
        return job;
    }

    public void touch(Job job) {
        if (!job.changed) {
            job.changed = true;
            touched.add(job);
        }
    }

    /** Forgets a job and all its tasks. */
    public void forget(Job job) {
        job.discardTasks();
        job.changed = false;
        loaded.remove(job.id);
        storage.delete(keys.job(job.id));
    }

    public void flush(StateWriter writer) {
        for (Job job : touched) {
            if (job.changed) {
                job.changed = false;
                storage.put(keys.job(job.id), JobRecord.write(job, writer));
            }
            if (job.phase != Job.Phase.ACTIVE) {
                forgetLoaded(job);
            }
        }
        touched.clear();
    }

    /** A job may have been touched twice, and replaced by a newer one with its id in between. */
    private void forgetLoaded(Job job) {
        if (loaded.get(job.id) == job) {
            loaded.remove(job.id);
        }
    }

    public void clear() {
        loaded.clear();
        touched.clear();
    }
}
