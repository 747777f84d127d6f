package io.yardmaster.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The builder's values that say how assignments are run, independent of the kind of group. */
record ExecutionOptions(
        AssignmentHandler handler,
        int parallelism,
        RetryPolicy retries,
        ReportListener listener,
        Duration revokeGrace,
        Duration cancelGrace,
        LongSupplier ticker,
        InstantSource clock) {

    ExecutionOptions {
        if (handler == null) {
            throw new IllegalArgumentException("handler is missing: give the builder one that runs an assignment");
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is " + parallelism + ", must be 1 or more");
        }
        if (revokeGrace.isNegative()) {
            throw new IllegalArgumentException("revokeGrace is " + revokeGrace + ", must not be negative");
        }
        if (cancelGrace.isNegative()) {
            throw new IllegalArgumentException("cancelGrace is " + cancelGrace + ", must not be negative");
        }
    }
}
