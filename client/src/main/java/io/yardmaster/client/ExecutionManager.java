package io.yardmaster.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running execution manager: takes assignments from the dispatch topic as one of a consumer group or a share group,
 * and runs them with a handler. The package description lists its guarantees.
 */
public final class ExecutionManager implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExecutionManager.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Duration FIRST_LOOKS_LIMIT = Duration.ofSeconds(10);
    private static final Duration OUTCOMES_LIMIT = Duration.ofSeconds(5);

    private final Membership membership;
    private final Followers followers;
    private final Engine engine;
    private final StopRequest stop;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    ExecutionManager(Membership membership, Followers followers, Engine engine) {
        this.membership = membership;
        this.followers = followers;
        this.engine = engine;
        this.stop = engine.stop();
    }

    /** A new builder; each of its values has a default, except for the handler. */
    public static ExecutionManagerBuilder builder() {
        return new ExecutionManagerBuilder();
    }

    void start() {
        followers.start();
        new Thread(this::run, "yardmaster-poll").start();
    }

    /**
     * Completes when it has stopped: normally after a close, exceptionally with the error that it could not survive.
     */
    public CompletionStage<Void> stopped() {
        return stopped.minimalCompletionStage();
    }

    /** Closes with a limit of 10 seconds. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /**
     * Starts no further assignment, waits for running ones until the limit is over, commits the finished ones and
     * leaves the group. It cancels unfinished assignments, interrupts their threads and waits for them as long as
     * {@link ExecutionManagerBuilder#cancelGrace} says; another execution manager gets them. Returns when all that is
     * done (a broker that does not answer can hold it up for some seconds more). Must not be called by a handler or
     * listener. Closing again waits for the first close.
     */
    public void close(Duration limit) {
        stop.requestBy(limit);
        stopped.handle((done, error) -> error).join();
    }

    /** In a consumer group: ends as if the process had been killed, without a commit and without leaving the group. */
    void cutOff() {
        stop.requestCutOff();
        stopped.handle((done, error) -> error).join();
    }

    private void run() {
        Throwable error = null;
        try {
            followers.awaitFirstLooks(FIRST_LOOKS_LIMIT, stop);
            membership.run();
            error = stop.failure().orElse(null);
        } catch (Throwable t) {
            error = t;
        }
        if (error != null) {
            logStop(error);
        }
        followers.stop();
        engine.shutDown();
        engine.closeOutcomes(stop.cutOff() ? Duration.ZERO : OUTCOMES_LIMIT);
        if (error == null) {
            stopped.complete(null);
        } else {
            stopped.completeExceptionally(error);
        }
    }

    private static void logStop(Throwable error) {
        boolean oneLine = error instanceof ConfigException
                || error instanceof AuthorizationException
                || error instanceof AuthenticationException
                || error instanceof OutcomesNotWrittenException
                || error instanceof HeartbeatsNotWrittenException
                || error instanceof HostReplacedException;
        if (oneLine) {
            log.error("execution manager stops: {}", error.getMessage());
        } else {
            log.error("execution manager stops: {}", error.getMessage(), error);
        }
    }
}
