package io.yardmaster.app.replay;

import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.PoolRules;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicySnapshot;
import io.yardmaster.topology.policy.PreemptionPolicy;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Makes policies that a day is replayed under of the entries of policies. */
public final class PolicyEntries {
    private PolicyEntries() {}

    /**
     * The policy with these settings and entries.
     *
     * @param problems takes a sentence for each entry or field that is ignored
     */
    public static ReplayPolicy replayed(
            String name,
            Policy settings,
            SortedMap<PolicyKey, SortedMap<String, Object>> entries,
            Consumer<String> problems) {
        PreemptionPolicy preemption = PolicySnapshot.preemption(entries);
        PoolRules rules = new PoolRules(
                PolicySnapshot.placed(entries),
                PolicySnapshot.strategies(entries),
                preemption.perMinute(),
                preemption.groups(),
                preemption.others());
        return new ReplayPolicy(name, settings, PolicySnapshot.live(entries, problems)).with(rules);
    }
}
