package io.yardmaster.replay.forecast;

import java.util.OptionalLong;

/**
 * The start of a job beside that of a gang, or of a single task, for which hosts are reserved now. Times are medians, in ms from now.
 *
 * @param job for which the hosts are reserved
 * @param tasks of the gang; 1 for a task that starts alone
 * @param before the number of draws in which the gang starts before the job does
 * @param start of the gang in these draws; empty if there are none
 * @param startBehind of the job in these draws; empty if there are none
 * @param startBefore of the job in the other ones; empty if there are none
 */
public record ReservedStart(
        String pool,
        long job,
        int tasks,
        int before,
        OptionalLong start,
        OptionalLong startBehind,
        OptionalLong startBefore) {}
