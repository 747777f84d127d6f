/**
 * In what order tasks are offered (S2, S3).
 *
 * <pre>
 *   ┌─▶ commits: up to n tasks ─▶ cleanups: up to n tasks ─▶ active jobs: one task a turn, each once ─┐
 *   └────────────────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Guarantees. A cycle is a list of {@link io.yardmaster.core.cycle.Stage stages}, goes on in the next tick where the budget ended
 * it in this one, and ends: it has no more turns than the pool has places, whoever joins or leaves meanwhile. A job that has
 * nothing left when its turn comes is retired, and a job that follows it takes the turn that was left. A cycle that offers
 * nothing although something waits is nothing out of order: weights make groups wait for a later one.
 */
package io.yardmaster.core.cycle;
