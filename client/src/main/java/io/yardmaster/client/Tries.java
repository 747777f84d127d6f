package io.yardmaster.client;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the handler as often as it takes. */
final class Tries {
    private static final Logger log = LoggerFactory.getLogger(Tries.class);

    private final AssignmentHandler handler;
    private final RetryPolicy retries;

    Tries(AssignmentHandler handler, RetryPolicy retries) {
        this.handler = handler;
        this.retries = retries;
    }

    /** Runs an execution that has begun, and ends it. */
    Ending run(Execution execution) {
        return execution.end(result(execution));
    }

    /** The result is void if the execution was cancelled meanwhile. */
    private Ending result(Execution execution) {
        while (!execution.cancelled()) {
            int tries = execution.nextTry();
            try {
                handler.handle(execution.assignment(), execution);
                return new Ending.Completed();
            } catch (TaskRefusedException e) {
                return new Ending.Refused(Reasons.of(e));
            } catch (TaskFailedException e) {
                return new Ending.Failed(e, tries);
            } catch (Exception e) {
                if (execution.cancelled() || !retries.allowsAnotherAfter(tries)) {
                    return new Ending.Failed(e, tries);
                }
                log.info(
                        "{} failed on try {} of {}: {}", execution.assignment().ids(), tries, retries.maxTries(), e, e);
                pause(execution, retries.delayAfter(tries));
            }
        }
        return new Ending.Completed();
    }

    private static void pause(Execution execution, Duration delay) {
        try {
            Thread.interrupted();
            execution.awaitCancelled(delay);
        } catch (InterruptedException e) {
            // A worker is interrupted only when the engine stops, which cancels its execution before
            Thread.currentThread().interrupt();
        }
    }
}
