package io.yardmaster.app.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes a stage of a scheduler's failure, for callers that wait for several things at once. */
final class SchedulerFailure {
    private SchedulerFailure() {}

    /** A stage that never completes normally, and completes exceptionally when the scheduler fails. */
    static CompletionStage<Void> of(RunningScheduler scheduler) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        Thread watcher = new Thread(
                () -> {
                    try {
                        scheduler.awaitStopped();
                    } catch (InterruptedException | RuntimeException | Error e) {
                        failure.completeExceptionally(e);
                    }
                },
                "scheduler-watch");
        watcher.setDaemon(true);
        watcher.start();
        return failure.minimalCompletionStage();
    }
}
