package io.yardmaster.app.cli;

import io.yardmaster.app.topics.TopicsException;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.topology.SchedulerException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The waits of a scheduler's start, while Kafka or the registry is away or the state is restored. None has a time limit:
 * giving up would only have the process restarted from the beginning, which makes the outage longer.
 */
final class StartPatience {
    private static final Logger LOG = LoggerFactory.getLogger("io.yardmaster.Serve");
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(30);

    private final Duration pause;

    /** @param pause between two attempts */
    StartPatience(Duration pause) {
        this.pause = pause;
    }

    /** Repeats the step while Kafka or the registry does not answer. Throws any other failure of the step. */
    void until(Runnable step) {
        while (true) {
            try {
                step.run();
                return;
            } catch (TopicsException | SchedulerException e) {
                if (!isPassing(e)) {
                    throw e;
                }
                LOG.warn("not started yet, and trying again: {}", e.getMessage());
                pause(e);
            }
        }
    }

    /**
     * Waits until the scheduler runs, and logs its progress meanwhile.
     *
     * @param runningWithin waits for that long; false if the scheduler does not run yet
     * @param progress a sentence for people
     */
    void awaitRunning(Predicate<Duration> runningWithin, Supplier<String> progress) {
        long began = System.nanoTime();
        while (!runningWithin.test(BETWEEN_REPORTS)) {
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            LOG.info("not ready after {} s: {}", seconds, progress.get());
        }
    }

    private static boolean isPassing(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException
                    || cause instanceof RegistryUnavailableException
                    || isUnresolved(cause)) {
                return true;
            }
        }
        return false;
    }

    /** A broker's host name may resolve only when the broker has started. */
    private static boolean isUnresolved(Throwable cause) {
        return cause instanceof ConfigException
                && String.valueOf(cause.getMessage()).startsWith("No resolvable bootstrap urls");
    }

    private void pause(RuntimeException failure) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
