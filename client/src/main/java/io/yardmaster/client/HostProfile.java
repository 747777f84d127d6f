package io.yardmaster.client;

import io.yardmaster.schemas.HostLimits;
import java.util.Map;

/**
 * The host for whose tasks an execution manager runs, as it describes itself to the scheduler.
 *
 * @param name unique in its pool
 * @param total the amounts that its tasks may have together, by the names of resources; memory in bytes
 * @param labels for tasks that ask for a host with certain labels
 */
public record HostProfile(String name, Map<String, Long> total, Map<String, String> labels) {

    /** @throws IllegalArgumentException with one line, if it does not keep the {@link HostLimits} */
    public HostProfile {
        total = Map.copyOf(total);
        labels = Map.copyOf(labels);
        HostLimits.problem(name, total, labels).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }
}
