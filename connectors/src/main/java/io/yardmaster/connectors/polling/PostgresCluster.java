package io.yardmaster.connectors.polling;

import java.util.Map;

/**
 * The server whose transactions the numbers of an offset count.
 *
 * @param system the identifier that {@code initdb} gave, which backups share; empty if not known
 * @param timeline changes when a backup is restored to a point in time or a standby is promoted; empty if not known
 * @param standby true if it only follows another server
 */
record PostgresCluster(String system, String timeline, boolean standby) {
    private static final String SYSTEM = "system";
    private static final String TIMELINE = "timeline";

    /** Reads an offset stored by this version or an older one; values that the offset lacks are not known. */
    static PostgresCluster of(Map<String, ?> offset) {
        return new PostgresCluster(text(offset, SYSTEM), text(offset, TIMELINE), false);
    }

    private static String text(Map<String, ?> offset, String key) {
        return offset.get(key) instanceof String text ? text : "";
    }

    void addTo(Map<String, Object> offset) {
        offset.put(SYSTEM, system);
        offset.put(TIMELINE, timeline);
    }

    /** True if a transaction number may mean another transaction here. Values that are not known do not differ. */
    boolean isOtherThan(PostgresCluster other) {
        return differ(system, other.system) || differ(timeline, other.timeline);
    }

    private static boolean differ(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    @Override
    public String toString() {
        return "system %s, timeline %s".formatted(system.isEmpty() ? "?" : system, timeline.isEmpty() ? "?" : timeline);
    }
}
