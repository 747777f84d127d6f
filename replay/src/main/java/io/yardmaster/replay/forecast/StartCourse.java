package io.yardmaster.replay.forecast;

import java.util.Map;
import java.util.Set;

/**
 * The course of a job in one draw. Times are epoch ms, or {@link #NEVER}.
 *
 * @param start of the first task of the job
 * @param end of the job
 * @param now at which the draw was given up or had nothing left to do
 * @param stands true if nothing more could happen then
 * @param tasksBefore tasks of other jobs that were dispatched before the job started
 * @param jobsBefore the jobs of these tasks
 * @param stageStarts the starts of the job's stages by their numbers, of those that did
 * @param reservedStarts the starts of gangs for which hosts were reserved at the beginning, of those that did
 * @param steps tasks that were dispatched or have ended, and what plans for hosts have looked at
 */
record StartCourse(
        long start,
        long end,
        long now,
        boolean stands,
        long tasksBefore,
        Set<Long> jobsBefore,
        Map<Integer, Long> stageStarts,
        Map<ReservedHosts, Long> reservedStarts,
        long steps) {
    /** A time at which nothing happened. */
    static final long NEVER = -1;

    /** Returns whether such a gang started before the job did, or at the same time. */
    boolean isBehind(ReservedHosts gang) {
        return reservedStarts.getOrDefault(gang, Long.MAX_VALUE) <= start;
    }
}
