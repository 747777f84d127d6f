package io.yardmaster.core.values;

import java.util.List;
import java.util.OptionalInt;

/**
 * A page of the failed tasks of a graph, in the API under these names.
 *
 * @param failures in the order of the tasks' indices
 * @param next the task from which on there are more; empty if the page is the last one
 */
public record FailurePage(List<TaskFailure> failures, OptionalInt next) {

    public FailurePage {
        failures = List.copyOf(failures);
    }
}
