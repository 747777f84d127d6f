package io.yardmaster.topology;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.Map;
import java.util.TreeMap;

/** The reasons for which pools of the policy cannot be used. */
final class PoolProblems {
    private PoolProblems() {}

    /**
     * By pool, a sentence; none for those that can be used.
     *
     * @param found when their topics were looked up
     * @param placesOnHosts whether this instance places tasks on hosts
     */
    static Map<String, String> of(
            Map<String, String> found, PolicySnapshot policy, boolean placesOnHosts, TopicNames topics) {
        if (placesOnHosts || policy.placed().isEmpty()) {
            return found;
        }
        Map<String, String> all = new TreeMap<>(found);
        policy.placed()
                .forEach(pool -> all.put(
                        pool,
                        ("it places tasks on hosts, but topics %s and %s were not there when this instance started"
                                        + " (stop all instances, make them by 'yardmaster topics create --hosts', and start again)")
                                .formatted(topics.of(Topic.HOSTS), topics.of(Topic.OFFERS))));
        return all;
    }
}
