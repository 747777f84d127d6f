package io.yardmaster.client;

/** How running an assignment ended. */
sealed interface Outcome {

    record Completed() implements Outcome {}

    record Failed(Exception lastError, int tries) implements Outcome {}

    record Dropped(DropReason reason) implements Outcome {}

    /** The handler or the listener threw what must not be survived. */
    record Broken(Throwable cause) implements Outcome {}
}
