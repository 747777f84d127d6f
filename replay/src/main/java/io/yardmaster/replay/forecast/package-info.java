/**
 * Estimates when a job that waits will start: the scheduler of production from the present state on, in virtual time, several times with
 * drawn durations.
 *
 * <pre>
 *   PresentState ──▶ PresentScheduler: a scheduler in that state ──▶ StartDraw, one for each draw ──▶ StartEstimate
 *                                          TaskTimes: durations ──────▲
 * </pre>
 *
 * <p>Guarantees. The same state, draws and seed give the same estimate (R1); no clock is read. An estimate makes a bounded number of
 * decisions, and says so if the job did not start within them.
 *
 * <p>Limits. Every task succeeds, and no further job comes. All shards are one scheduler. The turns that jobs were owed are forgotten:
 * jobs begin in the order of their turns, each with a fresh one. Hosts of pools are not modelled, the capacities of pools are.
 */
package io.yardmaster.replay.forecast;
