/**
 * The state of one job: its buffered tasks, and the highest attempt seen of each of its tasks.
 *
 * <pre>
 *   indices ──▶ SeenTasks: is it new? ──▶ TaskQueue ──▶ one task a turn
 *               (tree of runs)            (head │ pages │ tail)
 * </pre>
 *
 * <p>Guarantees. The highest attempt seen of each task is kept, so that no attempt is offered twice (S7); tasks leave in the order
 * in which they came. If indices ascend, a job costs some hundred bytes, however many tasks it buffers and however often they are
 * retried. If they come in random order, a buffered task costs about 4 bytes, up to 6 if the indices are spread over the whole
 * range, and as much again as a seen one. The ready-at of a task is exact while few tasks wait, and approximate in long queues (see
 * {@link io.yardmaster.core.values.DispatchedTask}). An event's trace is kept with its runs, which are not merged with runs of
 * another trace.
 *
 * <p>A {@link io.yardmaster.core.jobs.Job} is in memory while it is active, and otherwise between an event and the next flush. The
 * {@link io.yardmaster.core.jobs.JobTable} writes each changed job once a flush.
 */
@NullMarked
package io.yardmaster.core.jobs;

import org.jspecify.annotations.NullMarked;
