/**
 * What is known of one job.
 *
 * <pre>
 *   indices ──▶ SeenTasks: is it new? ──▶ TaskQueue ──▶ one task a turn
 *               (tree of runs, 128 B …)   (head │ pages │ tail)
 * </pre>
 *
 * <p>Guarantees. Of each task the highest attempt is remembered, so that no attempt runs twice (S7); tasks leave in the order in
 * which they came. A job costs some hundred bytes however many tasks it buffers and however often they are retried, if their
 * indices ascend; in random order about 4 bytes a task that waits, up to 6 if the indices are spread over all there are, and as
 * much again for what was seen of such ones. The time at which a task became ready is exact while few tasks wait, and
 * approximate in long queues (see {@link io.yardmaster.core.values.DispatchedTask}). An event's trace, if it has one, is kept with its
 * run, which then is not merged with those of others.
 *
 * <p>A {@link io.yardmaster.core.jobs.Job} is in memory while it is active, and otherwise between an event and the next flush; the
 * {@link io.yardmaster.core.jobs.JobTable} writes what changed once for each flush.
 */
package io.yardmaster.core.jobs;
