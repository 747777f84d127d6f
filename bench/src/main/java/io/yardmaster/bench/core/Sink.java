package io.yardmaster.bench.core;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.Blackhole;

/** Consumes decisions so that the compiler cannot leave them out. */
record Sink(Blackhole hole) implements Consumer<Decision> {
    @Override
    public void accept(Decision decision) {
        if (decision instanceof DispatchedTask made) {
            hole.consume(made);
        } else if (decision instanceof Decision.Dropped dropped) {
            throw new IllegalStateException("nothing is to be dropped, but there was " + dropped);
        }
    }
}
