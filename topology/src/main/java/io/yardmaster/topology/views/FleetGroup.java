package io.yardmaster.topology.views;

import java.util.List;

/**
 * The group of the execution managers.
 *
 * @param state as Kafka names it, in lower case; {@code unknown} if Kafka does not answer
 */
public record FleetGroup(String state, List<Member> members) {
    /** The group's state if Kafka does not answer. */
    public static final String UNKNOWN = "unknown";

    /** One execution manager, and the dispatch partitions that it reads. */
    public record Member(String id, String clientId, String host, List<Integer> partitions) {}

    /** True if Kafka has answered. */
    public boolean isKnown() {
        return !state.equals(UNKNOWN);
    }
}
