/**
 * Whose turn it is among the active jobs.
 *
 * <pre>
 *   JobOrder                         GroupOrder
 *
 *     ┌─▶ A ─▶ B ─▶ C ─┐               ┌─▶ group 1 ─▶ group 2 ─┐      a group whose weight is below 1 is passed over
 *     └────────────────┘               │    │            │     │      in some rounds (DeficitCounter)
 *      one turn a job                  │    A ⇄ B        C     │
 *                                      └───────────────────────┘      one turn a group, its jobs one after the other
 * </pre>
 *
 * <p>Guarantees. In a round each has one turn, in the order of joining; a job that joins during a round has its turn at the end
 * of it as long as a place is left, otherwise in the next one, so that a round ends whoever comes and goes. To join, to leave, and
 * to take a turn cost constant time and change no other's turn (S6). {@code next()} changes nothing. A job knows nothing of the
 * orders that it is in, and may be in several.
 */
package io.yardmaster.core.order;
