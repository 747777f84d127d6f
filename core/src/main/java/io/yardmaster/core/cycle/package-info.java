/**
 * The order in which tasks are offered (S2, S3).
 *
 * <pre>
 *   ┌─▶ commits: up to n tasks ─▶ cleanups: up to n tasks ─▶ active jobs: one task a turn, each once ─┐
 *   └────────────────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Guarantees. A cycle is a list of {@link io.yardmaster.core.cycle.Stage stages}. If the budget of a tick ends it, it goes on at
 * the same point in the next tick. Every cycle ends: it has no more turns than the pool has places, also if jobs join and leave
 * meanwhile. A job without a task is retired when its turn comes, and the job that takes over its place takes the turn. A cycle
 * may offer nothing although tasks wait, since a group with a low weight waits for a later cycle.
 */
@NullMarked
package io.yardmaster.core.cycle;

import org.jspecify.annotations.NullMarked;
