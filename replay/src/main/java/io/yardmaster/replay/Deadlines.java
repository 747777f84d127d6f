package io.yardmaster.replay;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The times within which jobs are to end, counted from their first events. The scheduler does not know them: a replay counts the jobs
 * that miss theirs.
 *
 * @param all for jobs of groups that have no time of their own, in ms; empty: such jobs have no deadline
 * @param byGroup for jobs of a resource group, in ms
 */
public record Deadlines(OptionalLong all, Map<Long, Long> byGroup) {
    /** No job has a deadline. */
    public static final Deadlines NONE = new Deadlines(OptionalLong.empty(), Map.of());

    /** Keeps a copy. */
    public Deadlines {
        byGroup = Map.copyOf(byGroup);
    }

    /** The time that jobs of a group have, in ms; empty if they have no deadline. */
    public OptionalLong of(long group) {
        Long own = byGroup.get(group);
        return own == null ? all : OptionalLong.of(own);
    }
}
