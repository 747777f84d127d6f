/**
 * Estimates when a job that waits will start: the scheduler of production from the present state on, in virtual time, several times with
 * drawn durations.
 *
 * <pre>
 *   PresentState ──▶ PresentScheduler: a scheduler in that state ──▶ StartDraw, one for each draw ──▶ StartEstimate
 *        │                                 TaskTimes: durations ──────▲
 *        └─────────▶ PresentHosts: a placement in that state ──▶ DrawnHosts
 * </pre>
 *
 * <p>Guarantees. The same state, draws and seed give the same estimate (R1); no clock is read. An estimate makes a bounded number of
 * decisions, and says so if the job did not start within them. The planner of production places tasks that wait for hosts, and goes on
 * with the present bookings and reservations.
 *
 * <p>Limits. Every task succeeds, and no further job comes. All shards are one scheduler. The turns that jobs were owed are forgotten:
 * jobs begin in the order of their turns, each with a fresh one. No host comes or goes, none refuses a task, and no task is preempted.
 * Pools whose hosts are not known have their capacities alone.
 */
package io.yardmaster.replay.forecast;
