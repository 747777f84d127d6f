package io.yardmaster.replay.engine;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Needs that a policy's limits can never meet, for which {@code serve} refuses a graph (G3). */
final class UnmetNeeds {
    private UnmetNeeds() {}

    /**
     * The first such need, in words; empty if there is none.
     *
     * @param limits capacities by key
     */
    static Optional<String> of(List<GraphStage> stages, Map<String, Long> limits) {
        for (GraphStage stage : stages) {
            for (Map.Entry<String, Long> need : stage.needs().entrySet()) {
                Long capacity = limits.get(LimitKeys.named(need.getKey()));
                if (capacity == null || need.getValue() > capacity) {
                    return Optional.of("stage %s needs %s of limit %s, of which the policy has %s"
                            .formatted(
                                    stage.name(),
                                    need.getValue(),
                                    need.getKey(),
                                    capacity == null ? "none" : capacity.toString()));
                }
            }
        }
        return Optional.empty();
    }
}
