package io.yardmaster.topology.views;

import java.util.List;

/**
 * The group of the execution managers.
 *
 * @param state as Kafka has it, in lower case; {@code unknown} if it cannot be asked
 */
public record FleetGroup(String state, List<Member> members) {
    /** The group's state when nothing is known of it. */
    public static final String UNKNOWN = "unknown";

    /** One execution manager, and the dispatch partitions that it reads. */
    public record Member(String id, String clientId, String host, List<Integer> partitions) {}

    /** Whether the group could be asked. */
    public boolean isKnown() {
        return !state.equals(UNKNOWN);
    }
}
