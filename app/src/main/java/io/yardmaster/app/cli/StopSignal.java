package io.yardmaster.app.cli;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when the process is told to stop (Ctrl-C, SIGTERM): the process waits, for half a minute
 * at most unless it is told otherwise, until the command has closed this.
 */
final class StopSignal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CompletableFuture<Void> given = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private final OptionalInt exitCode;
    private final Duration patience;

    /** Ends a stopped process with this exit code; empty: with the usual one of the signal. */
    StopSignal(OptionalInt exitCode) {
        this(exitCode, PATIENCE);
    }

    /** The same, with a limit on how long the process waits for the command to end. */
    StopSignal(OptionalInt exitCode, Duration patience) {
        this.exitCode = exitCode;
        this.patience = patience;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    CompletionStage<Void> given() {
        return given.minimalCompletionStage();
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            given.complete(null); // it runs already
        }
    }

    private void stop() {
        given.complete(null);
        try {
            if (ended.await(patience.toNanos(), TimeUnit.NANOSECONDS) && exitCode.isPresent()) {
                Runtime.getRuntime().halt(exitCode.getAsInt());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
