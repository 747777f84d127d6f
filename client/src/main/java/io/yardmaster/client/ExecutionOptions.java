package io.yardmaster.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How an execution manager runs assignments, apart from where they come from. */
record ExecutionOptions(
        AssignmentHandler handler,
        int parallelism,
        RetryPolicy retries,
        ReportListener listener,
        Duration revokeGrace,
        Duration cancelGrace,
        LongSupplier ticker) {

    ExecutionOptions {
        if (handler == null) {
            throw new IllegalArgumentException("handler is missing: say what to do with an assignment");
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
