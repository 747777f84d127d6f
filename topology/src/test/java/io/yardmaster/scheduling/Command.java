package io.yardmaster.scheduling;

import java.util.Arrays;

/** What can be told to a scheduler; sessions and times are relative to those before. */
sealed interface Command {
    record Ready(long group, long job, int sessionChange, int[] indices, int attempt) implements Command {
        @Override
        public String toString() {
            return "Ready[group=%d, job=%d, sessionChange=%d, indices=%s, attempt=%d]"
                    .formatted(group, job, sessionChange, Arrays.toString(indices), attempt);
        }
    }

    record Commit(long group, long job, int sessionChange) implements Command {}

    record Cleanup(long group, long job, int sessionChange, boolean hasTask) implements Command {}

    record Session(int change) implements Command {}

    record Tick(long timeChange, int budget) implements Command {}
}
