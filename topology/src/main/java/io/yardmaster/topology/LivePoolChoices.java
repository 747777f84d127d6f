package io.yardmaster.topology;

import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.placement.PoolChoices;
import io.yardmaster.topology.policy.LivePolicies;
import java.util.Optional;

/** The choices about pools that the policy makes at present. */
record LivePoolChoices(LivePolicies policies) implements PoolChoices {
    @Override
    public int preemptions(String pool) {
        return policies.current().preemption().perMinute(pool);
    }

    @Override
    public Optional<PlacementStrategy> strategy(String pool) {
        return Optional.ofNullable(policies.current().strategies().get(pool));
    }
}
