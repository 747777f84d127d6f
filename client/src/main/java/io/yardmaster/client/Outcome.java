package io.yardmaster.client;

/** The end of an execution. */
sealed interface Outcome {

    /** True if the assignment must never be run again; false if it must be delivered again. */
    default boolean countsAsDone() {
        return true;
    }

    record Completed() implements Outcome {}

    record Failed(Exception lastError, int tries) implements Outcome {}

    record Dropped(DropReason reason) implements Outcome {
        @Override
        public boolean countsAsDone() {
            return reason == DropReason.FENCED;
        }
    }

    /** The handler threw an {@link Error}, or the listener threw. */
    record Broken(Throwable cause) implements Outcome {
        @Override
        public boolean countsAsDone() {
            return false;
        }
    }
}
