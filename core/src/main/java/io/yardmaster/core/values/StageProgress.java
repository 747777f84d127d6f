package io.yardmaster.core.values;

/**
 * The progress of a stage of a graph, in the API under these names.
 *
 * @param firstTask the index of its first task
 * @param waitsFor the number of stages that it waits for as a whole and that have not ended
 * @param failed tasks that have failed for good or were killed, also without having run
 */
public record StageProgress(
        String name, int firstTask, int tasks, State state, int waitsFor, int succeeded, int failed) {

    /** The state of a stage. */
    public enum State {
        /** None of its tasks may run yet. */
        BLOCKED,
        /** Some of its tasks may run, or have. */
        RUNNING,
        /** All of its tasks have ended. */
        ENDED
    }
}
