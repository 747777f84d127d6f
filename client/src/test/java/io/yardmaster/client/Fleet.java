package io.yardmaster.client;

import java.util.ArrayList;
import java.util.List;

/** Execution managers that are closed all at once. */
final class Fleet implements AutoCloseable {
    private final List<ExecutionManager> running = new ArrayList<>();

    ExecutionManager add(ExecutionManagerBuilder described) {
        ExecutionManager started = described.start();
        running.add(started);
        return started;
    }

    @Override
    public void close() {
        running.parallelStream().forEach(ExecutionManager::close);
    }
}
