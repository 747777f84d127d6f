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
 * never met early, and late by at most 2 s or a fifth of the shorter expiry, and by the time in which nobody ticked.
 *
 * <p>Limits. In memory are the active jobs, the resource groups that have jobs, and nothing else; a call to
 * {@code tick} offers at most its budget, and lifts, forgets and deletes a thousand each. A job costs some hundred bytes
 * however many tasks it buffers, if their indices ascend; in random order about 4 bytes a task, in pages under 1 KB.
 * Ready-at becomes approximate in long queues (see {@link io.yardmaster.scheduling.Assignment}). An event's trace, if it has one, is kept
 * with its run, which then is not merged with those of others. Indices, attempts and
 * sessions are 0 or more: who calls checks that.
 *
 * <p>Storage. All keys but the ledger's begin with the session (8 bytes), then a letter:
 *
 * <pre>
 *  J job                          the job's record: phase, ends of its queue, what was seen of it
 *  P job 0 page                   the middle of its queue, 128 runs a page
 *  S job attempt chunk            what was seen of it, 8,192 indices a page, where they came in random order
 *  A slot                         the job that has, or last had, this place among the active ones
 *  G group                        a resource group that has jobs: its seat, its cursor, the ends of its queue
 *  Q p group place                its pending jobs; likewise c commits, k cleanups, g gates and m memories of group 0
 *  0xFF                           the ledger: session, counters, cursor, age, the ends of those four queues
 * </pre>
 */
package io.yardmaster.scheduling;
