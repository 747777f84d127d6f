package io.yardmaster.replay.report;

/**
 * The jobs of a resource group that have a deadline.
 *
 * @param within the time from the first event of a job to its end, in ms
 * @param jobs of which is known whether they ended in time
 * @param missed those of them that ended later, were refused, or had not ended at the end of the day although their time was over
 */
public record DeadlineRow(long group, long within, long jobs, long missed) {}
