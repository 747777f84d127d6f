/**
 * The end of a job: its finalizing task, its gate, and the time after which it is forgotten; and commands about jobs.
 *
 * <pre>
 *   commit event ───▶ gate closed ──▶ commits  ──▶ offered ─┐
 *   cleanup event ──▶ gate closed ──▶ cleanups ──▶ offered ─┼─▶ gates ──(finalizing expiry)──▶ forgotten
 *   end, no task ───▶ gate closed ─────────────────────────┤
 *   cancel ─────────▶ gate closed ─────────────────────────┘
 *   silence ──────────────────────────────────▶ memories ──(dedup expiry, nothing buffered)──▶ forgotten
 * </pre>
 *
 * <p>Guarantees. While a job's gate is closed only its finalizing task is offered, and later events about it are dropped (S8-S10).
 * While a job is paused nothing of it is offered, and it is not forgotten (O5).
 * The times of gates and memories count by the scheduler's own age ({@link io.yardmaster.core.ending.AgeClock}), to which jumps of
 * the wall clock add little. An expiry never ends early. It ends late by at most min(2 s, shorter expiry / 5), one tick, and the
 * time in which nobody called {@code tick}. A tick lifts at most a thousand gates and forgets at most a thousand silent jobs.
 */
@NullMarked
package io.yardmaster.core.ending;

import org.jspecify.annotations.NullMarked;
