package io.yardmaster.core;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.DedupMemory;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.jobs.RunTraces;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import java.util.function.Consumer;

/** Buffers the tasks that storage has made ready, each attempt once (S7). */
final class ReadyTasks {
    private final JobTable jobs;
    private final DedupMemory memory;
    private final Limits limits;
    private final Consumer<Decision> decisions;

    ReadyTasks(JobTable jobs, DedupMemory memory, Limits limits, Consumer<Decision> decisions) {
        this.jobs = jobs;
        this.memory = memory;
        this.limits = limits;
        this.decisions = decisions;
    }

    void buffer(Event.TasksReady event, Job job, Pool pool) {
        int[] indices = event.indices();
        if (job.phase == Job.Phase.FINALIZING) {
            decisions.accept(new Decision.Dropped(EventDropReason.FINALIZING, job.id, indices.length));
            return;
        }
        long before = job.queue.size();
        String trace = RunTraces.kept(event.trace());
        boolean[] isNew = job.seen.add(indices, event.attempt());
        for (int i = 0; i < indices.length; i++) {
            if (isNew[i]) {
                job.queue.append(indices[i], event.attempt(), event.readyAt(), trace);
            }
        }
        long added = job.queue.size() - before;
        if (added < indices.length) {
            decisions.accept(new Decision.Dropped(EventDropReason.DUPLICATE, job.id, indices.length - added));
        }
        memory.remember(job);
        jobs.touch(job);
        limits.queued(job, added, pool);
    }
}
