package io.yardmaster.app.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells those who cannot wait in line that the scheduler stopped. */
final class SchedulerFailure {
    private SchedulerFailure() {}

    /** Never done normally; exceptionally when the running scheduler could not go on. */
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
