package io.yardmaster.client;

/** How running an assignment ended. */
sealed interface Outcome {

    /** True if it must never be run again; false if somebody should have it again. */
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

    /** The handler or the listener threw what must not be survived. */
    record Broken(Throwable cause) implements Outcome {
        @Override
        public boolean countsAsDone() {
            return false;
        }
    }
}
