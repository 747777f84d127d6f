package io.yardmaster.app.demo;

import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.ExecutionManagerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Some execution managers of one group. */
public final class DemoFleet implements AutoCloseable {
    private final List<ExecutionManager> members = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    /** Starts {@code size} members; if one does not start, none is left running. */
    public static DemoFleet start(int size, Supplier<ExecutionManagerBuilder> described) {
        DemoFleet fleet = new DemoFleet();
        try {
            for (int i = 0; i < size; i++) {
                fleet.add(described.get().start());
            }
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** A stage that never completes normally, and completes exceptionally when one of them fails. */
    public CompletionStage<Void> failure() {
        return failure.minimalCompletionStage();
    }

    /** Cancels running assignments, and returns when all members have left the group. */
    @Override
    public void close() {
        CompletableFuture.allOf(members.stream()
                        .map(member -> CompletableFuture.runAsync(() -> member.close(Duration.ZERO)))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private void add(ExecutionManager member) {
        members.add(member);
        member.stopped().whenComplete((none, error) -> {
            if (error != null) {
                failure.completeExceptionally(error);
            }
        });
    }
}
