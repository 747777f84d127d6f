package io.yardmaster.bench.core;

import io.yardmaster.scheduling.Assignment;
import io.yardmaster.scheduling.Decisions;
import io.yardmaster.scheduling.DropReason;
import org.openjdk.jmh.infra.Blackhole;

/** Takes assignments so that the compiler cannot leave them out. */
record Sink(Blackhole hole) implements Decisions {
    @Override
    public void assign(Assignment assignment) {
        hole.consume(assignment);
    }

    @Override
    public void drop(DropReason reason, long job, long count) {
        throw new IllegalStateException("nothing is to be dropped, but " + count + " tasks were: " + reason);
    }

    @Override
    public void retire(long job) {}

    @Override
    public void beginSession(long session) {}
}
