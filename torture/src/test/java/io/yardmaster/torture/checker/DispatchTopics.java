package io.yardmaster.torture.checker;

import io.yardmaster.schemas.TopicNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The dispatch topic and those of the pools, whose partitions have a number each that no other one has, and the groups that read them. */
final class DispatchTopics {
    /** No topic has more partitions. */
    private static final int APART = 1_000;

    private final TopicNames names;
    private final String fleet;
    /** The default pool, whose name is empty, and the others. */
    private final List<String> pools = new ArrayList<>(List.of(""));

    DispatchTopics(Map<String, String> settings, Collection<String> others) {
        names = TopicNames.from(settings);
        fleet = settings.get("dispatch.group");
        pools.addAll(others);
    }

    List<String> pools() {
        return pools;
    }

    String topic(String pool) {
        return names.dispatch(pool);
    }

    int number(String topic, int partition) {
        return find(topic, partition).orElseThrow();
    }

    /** The number of a partition; empty if it is not one of these topics. */
    OptionalInt find(String topic, int partition) {
        for (int place = 0; place < pools.size(); place++) {
            if (topic(pools.get(place)).equals(topic)) {
                return OptionalInt.of(APART * place + partition);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns whether a group takes the assignments of one of these topics. */
    boolean isOfFleet(String group) {
        return pools.stream().anyMatch(pool -> TopicNames.ofPool(fleet, pool).equals(group));
    }
}
