package io.yardmaster.client;

/** Runs an execution manager's assignments. Several threads call it at once if parallelism is above 1. */
@FunctionalInterface
public interface AssignmentHandler {

    /**
     * Runs the assignment; when this returns, the assignment is done and will not be delivered again. It may take as
     * long as it needs. After a crash, or when its partition was taken away or its lock was lost in the middle, the
     * same assignment is run again here or elsewhere, so effects must bear repeating.
     *
     * @throws TaskFailedException to fail it at once
     * @throws TaskRefusedException if it cannot be run here and now, and is to be offered again later
     * @throws Exception any other, to have it run again after a pause, as often as the {@link RetryPolicy} allows; an
     *     {@link Error} instead stops the execution manager
     */
    void handle(Assignment assignment, HandlerContext context) throws Exception;
}
