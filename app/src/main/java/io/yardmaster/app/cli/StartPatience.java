package io.yardmaster.app.cli;

import io.yardmaster.app.topics.TopicsException;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.topology.SchedulerException;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, without an end, for what a scheduler needs before it can start: whoever restarts a process that has not started in
 * time makes it begin again, and an outage longer.
 */
final class StartPatience {
    private static final Logger LOG = LoggerFactory.getLogger("io.yardmaster.Serve");

    private final Duration pause;

    /** @param pause between two attempts */
    StartPatience(Duration pause) {
        this.pause = pause;
    }

    /** Carries the step out until it does not fail for want of an answer. Throws what it throws else. */
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

    /** The name of a broker may be one that is known only when the broker has started. */
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
