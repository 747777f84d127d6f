/**
 * How a job ends.
 *
 * <pre>
 *   commit event ───▶ gate closed ──▶ commits  ──▶ offered ─┐
 *   cleanup event ──▶ gate closed ──▶ cleanups ──▶ offered ─┼─▶ gates ──(finalizing expiry)──▶ forgotten
 *   end, no task ───▶ gate closed ─────────────────────────┘
 *   silence ──────────────────────────────────▶ memories ──(dedup expiry, nothing buffered)──▶ forgotten
 * </pre>
 *
 * <p>Guarantees. Behind a closed gate nothing of the job is offered but its finalizing task, and a later event is dropped
 * (S8-S10). Gates and memories are measured on the scheduler's own age ({@link io.yardmaster.core.ending.AgeClock}), which jumps of
 * the clock hardly move. An expiry is never met early, and late by at most 2 s or a fifth of the shorter expiry, by a tick, and by
 * the time in which nobody ticked. A tick lifts and forgets a thousand jobs at most.
 */
package io.yardmaster.core.ending;
