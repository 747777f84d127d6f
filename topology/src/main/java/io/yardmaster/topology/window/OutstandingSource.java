package io.yardmaster.topology.window;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Looks up how far the execution managers' group has taken the dispatch topic. Used by one thread. */
public interface OutstandingSource extends AutoCloseable {
    /**
     * Updates the {@link DispatchWindow}. After an exception the window keeps its older offsets until they are too old.
     */
    void refresh() throws ExecutionException, InterruptedException, TimeoutException;

    @Override
    void close();
}
