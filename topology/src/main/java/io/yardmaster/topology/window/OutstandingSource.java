package io.yardmaster.topology.window;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Looks up what the execution managers have taken, for a {@link DispatchWindow}. Used by one thread. */
public interface OutstandingSource extends AutoCloseable {
    /** Takes one look. After an exception the window goes on with the older view until that is too old. */
    void refresh() throws ExecutionException, InterruptedException, TimeoutException;

    @Override
    void close();
}
