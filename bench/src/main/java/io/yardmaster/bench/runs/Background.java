package io.yardmaster.bench.runs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Work on another thread, whose failure is not lost. */
public final class Background {
    private final CompletableFuture<Void> done;

    private Background(CompletableFuture<Void> done) {
        this.done = done;
    }

    public static Background start(String name, Runnable work) {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
        CompletableFuture<Void> done = CompletableFuture.runAsync(work, thread);
        thread.shutdown();
        return new Background(done);
    }

    /** Waits for its end, and throws its failure. */
    public void join() {
        done.join();
    }
}
