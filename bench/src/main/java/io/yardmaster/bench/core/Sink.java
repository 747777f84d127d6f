package io.yardmaster.bench.core;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/** Consumes decisions so that the compiler cannot leave them out. */
record Sink(Blackhole hole) {
    /** Returns the number of assignments among them. */
    int take(List<Decision> decisions) {
        int assigned = 0;
        for (Decision decision : decisions) {
            if (decision instanceof DispatchedTask made) {
                hole.consume(made);
                assigned++;
            } else if (decision instanceof Decision.Dropped dropped) {
                throw new IllegalStateException("nothing is to be dropped, but there was " + dropped);
            }
        }
        return assigned;
    }
}
