package io.yardmaster.core.placement;

/** Ends a plan that nobody waits for any more. */
public final class PlanCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanCancelledException() {
        super("the plan was cancelled");
    }
}
