package io.yardmaster.core;

import java.util.List;
import java.util.Map;

/** What can be told to a scheduler; sessions and times are relative to those before. */
sealed interface Command {
    record Ready(long group, long job, int sessionChange, List<Integer> indices, int attempt) implements Command {}

    record Commit(long group, long job, int sessionChange) implements Command {}

    record Cleanup(long group, long job, int sessionChange, boolean hasTask) implements Command {}

    record Session(int change) implements Command {}

    record Weigh(Map<Long, Double> weights) implements Command {}

    record Tick(long timeChange, int budget) implements Command {}
}
