package io.yardmaster.bench.core;

import io.yardmaster.core.values.Fairness;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A scheduler that was opened for this iteration. */
@State(Scope.Thread)
public class OpenCore {
    static final int DECISIONS = 1_000_000;

    @Param({"10", "100", "1000", "10000", "100000"})
    public int jobs;

    @Param({"JOB", "RESOURCE_GROUP"})
    public Fairness fairness;

    private Backlog backlog;
    private int taskIndex;

    @Setup(Level.Iteration)
    public void open(Blackhole sink) {
        backlog = new Backlog(jobs, fairness, new Sink(sink));
        taskIndex = 0;
    }

    /** Lets a million more tasks wait, spread equally over the jobs. */
    void takeIn() {
        int tasksPerJob = DECISIONS / jobs;
        backlog.fill(taskIndex, tasksPerJob);
        taskIndex = Math.addExact(taskIndex, tasksPerJob);
    }

    Backlog backlog() {
        return backlog;
    }
}
