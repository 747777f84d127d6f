package io.yardmaster.client;

import io.yardmaster.schemas.Kill;
import java.util.Optional;

/** The end of an execution. */
sealed interface Ending {

    /** True if the assignment must never be run again; false if it must be delivered again. */
    default boolean countsAsDone() {
        return true;
    }

    record Completed() implements Ending {}

    record Failed(Exception lastError, int tries) implements Ending {}

    /** The handler cannot run it here and now. */
    record Refused(String reason) implements Ending {}

    /** It ended, but others do not know how: its outcome was not written when the execution manager stopped. */
    record Unwritten() implements Ending {
        @Override
        public boolean countsAsDone() {
            return false;
        }
    }

    /**
     * Its result does not count.
     *
     * @param kill present if the reason is {@link DropReason#KILLED}
     */
    record Dropped(DropReason reason, Optional<Kill> kill) implements Ending {
        Dropped(DropReason reason) {
            this(reason, Optional.empty());
        }

        Dropped(Kill kill) {
            this(DropReason.KILLED, Optional.of(kill));
        }

        @Override
        public boolean countsAsDone() {
            return reason == DropReason.FENCED || reason == DropReason.KILLED;
        }

        void report(ReportListener listener, Assignment assignment) {
            kill.ifPresentOrElse(
                    killed -> listener.killed(assignment, killed.getReason(), killed.getBy()),
                    () -> listener.dropped(assignment, reason));
        }
    }

    /** The handler threw an {@link Error}, or the listener threw. */
    record Broken(Throwable cause) implements Ending {
        @Override
        public boolean countsAsDone() {
            return false;
        }
    }
}
