package io.yardmaster.bench.core;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A scheduler with a million waiting tasks, taken in outside of the measurement. */
@State(Scope.Thread)
public class FilledCore extends OpenCore {
    @Setup(Level.Invocation)
    public void fill() {
        takeIn();
    }
}
