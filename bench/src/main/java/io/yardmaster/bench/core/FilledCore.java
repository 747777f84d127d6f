package io.yardmaster.bench.core;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A scheduler with a million tasks that wait, taken in outside of what is measured. */
@State(Scope.Thread)
public class FilledCore extends OpenCore {
    @Setup(Level.Invocation)
    public void fill() {
        takeIn();
    }
}
