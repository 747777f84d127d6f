/**
 * Decides in what order tasks are offered to the fleet. Knows neither Kafka nor clocks nor threads: whoever drives a
 * {@link io.yardmaster.scheduling.Scheduler} tells it what happened and what time it is, and brings the
 * {@link io.yardmaster.scheduling.Storage}.
 *
 * <pre>
 *  ready ───▶ job's queue ─▶ pending jobs ─▶ active jobs ─┐      one cycle
 *  commit ──▶ gate closed ──────────────────▶ commits ────┤   ┌─▶ commits:  up to n tasks
 *  cleanup ─▶ gate closed ──────────────────▶ cleanups ───┴─▶ │   cleanups: up to n tasks
 *  session ─▶ everything older is void                        └── jobs:     one task of each, in order of joining
 * </pre>
 *
 * <p>Guarantees. The same commands give the same decisions, opened anew from the storage in between or not. A task is
 * offered at most once per session and attempt, and exactly once unless its job is finalized first or storage begins a
 * newer session; what is not offered is told as dropped. Tasks of a job go in arrival order. A cycle ends: it has no
 * more turns than the pool has places, whoever joins (at the tail) or leaves meanwhile; a job that follows a retired one
 * takes the turn that was left. With {@link io.yardmaster.scheduling.Fairness#RESOURCE_GROUP} turns go from group to
 * group; a group that comes anew awaits the next cycle, and takes the youngest job's place of the largest group if there
 * is no free one. A smaller pool or another fairness takes effect when the scheduler is opened.
 *
 * <p>Time. Gates and memories are measured on the scheduler's own age, which jumps of the clock hardly move. An expiry is
 * never met early, and late by at most 2 s or a fifth of the shorter expiry, by a tick, and by the time in which nobody
 * ticked.
 *
 * <p>Limits. In memory are the active jobs, the resource groups that have jobs, and nothing else; a call to
 * {@code tick} offers at most its budget, and lifts, forgets and deletes a thousand each. An event touches some dozen
 * entries of the storage, and as many pages as its tasks lie in; opening reads the active jobs and the groups. No value is
 * longer than {@link io.yardmaster.scheduling.Storage#MOST_VALUE_BYTES}. A job costs some hundred bytes
 * however many tasks it buffers and however often they are retried, if their indices ascend; in random order about 4 bytes
 * a task that waits, up to 6 if the indices are spread over all there are, and as much again for what was seen of such
 * ones. Ready-at becomes approximate in long queues (see {@link io.yardmaster.scheduling.Assignment}). An event's trace,
 * if it has one, is kept with its run, which then is not merged with those of others. Indices, attempts and sessions are 0
 * or more: the caller checks that. Nothing else that an event contains makes a call throw.
 *
 * <p>Storage. All keys but the ledger's begin with the session (8 bytes), then a letter:
 *
 * <pre>
 *  J job                          the job's record: phase, ends of its queue, what was seen of it
 *  R owner -1 page                the middle of its queue, 128 runs a page; the owner is a number that its record names
 *  R owner bits number            what was seen of it in an interval of 2^bits indices, where they came in random order
 *  P job 0 page                   the same as layout 1 has it: of a queue,
 *  S job attempt chunk            and of what was seen
 *  A slot                         the job that has, or last had, this place among the active ones
 *  G group                        a resource group that has jobs: its seat, its cursor, the ends of its queue
 *  Q p group place                its pending jobs; likewise c commits, k cleanups, g gates, m memories
 *                                 and x owners of pages that are to be deleted, of group 0
 *  0xFF                           the ledger: session, counters, cursor, age, the ends of those five queues
 * </pre>
 */
package io.yardmaster.core;
