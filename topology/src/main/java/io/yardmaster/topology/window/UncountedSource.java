package io.yardmaster.topology.window;

/** The source of a pool that places tasks on hosts: these are in no group, and nobody counts what lies in the topic. */
public final class UncountedSource implements OutstandingSource {
    private final DispatchWindow window;

    public UncountedSource(DispatchWindow window) {
        this.window = window;
    }

    @Override
    public void refresh() {
        window.takeUnsettled();
        window.refreshed();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
