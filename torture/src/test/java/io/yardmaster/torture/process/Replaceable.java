package io.yardmaster.torture.process;

import java.util.function.Supplier;

/** A process that is started again after it ended, on the same state. */
public final class Replaceable implements AutoCloseable {
    private final String name;
    private final Supplier<Jvm> launcher;
    private Jvm current;

    Replaceable(String name, Supplier<Jvm> launcher) {
        this.name = name;
        this.launcher = launcher;
    }

    public void start() {
        if (current != null && current.isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        current = launcher.get();
    }

    public boolean isAlive() {
        return current != null && current.isAlive();
    }

    public void kill9() {
        current.kill9();
    }

    public void terminate() {
        current.terminate();
    }

    /** SIGSTOP. */
    public void stop() {
        current.stop();
    }

    /** SIGCONT. */
    public void resume() {
        current.resume();
    }

    /** Returns its exit code, or -1 if it still runs after this time. */
    public int awaitExit(long seconds) {
        return current.awaitExit(seconds);
    }

    /** Its output since it was started. */
    public String printed() {
        return current.printed();
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        if (current != null) {
            current.kill9();
        }
    }
}
