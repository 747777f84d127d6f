/**
 * Readers of recorded days: the Standard Workload Format, and the batch tasks and the pods of Alibaba's cluster traces.
 *
 * <p>A reader holds no more than the job that it reads. It sorts records in files if there are many that must be sorted first. It takes files
 * that are compressed by gzip as they are. A mistake is an {@link io.yardmaster.replay.InvalidDayException}, one line that names
 * the file and the line in it.
 */
package io.yardmaster.replay.traces;
