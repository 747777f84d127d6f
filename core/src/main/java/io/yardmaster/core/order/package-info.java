/**
 * The order in which active jobs take turns.
 *
 * <pre>
 *   JobOrder                         GroupOrder
 *
 *     ┌─▶ A ─▶ B ─▶ C ─┐               ┌─▶ group 1 ─▶ group 2 ─┐      a group whose weight is below 1 is passed over
 *     └────────────────┘               │    │            │     │      in some rounds (DeficitCounter)
 *      one turn a job                  │    A ⇄ B        C     │
 *                                      └───────────────────────┘      one turn a group, taken by its jobs in turn
 * </pre>
 *
 * <p>Guarantees. In a round each job or group has one turn, in the order of joining. A job that joins during a round has its turn
 * at the end of it as long as a place is left; otherwise it waits for the next round, so that a round ends however many jobs join
 * and leave. To join, to leave, and to take a turn cost constant time and change no other job's turn (S6). {@code next()} changes
 * nothing. A job does not know the orders that it is in, and may be in several.
 */
@NullMarked
package io.yardmaster.core.order;

import org.jspecify.annotations.NullMarked;
