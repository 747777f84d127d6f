/**
 * Decides which jobs are active, that is, take turns, and which are pending, that is, wait for a place; and keeps the paused ones,
 * which wait for a command.
 *
 * <pre>
 *   a job with tasks ──▶ free place? ──yes──▶ active jobs ──▶ turn order
 *                            │ no                 │  ▲
 *                            ▼                    │  │ a place is free
 *                       pending jobs ◀────────────┘  │
 *                       (AdmissionOrder) ────────────┘
 *                                     displaced, where groups take turns
 * </pre>
 *
 * <p>Guarantees. No more jobs are active than the policy has places (S4), and no job is pending while a place is free (S5). Pending
 * jobs are admitted by their arrival. Where groups take turns, a group without an active job goes first; if no place is free, the
 * youngest active job of the largest group loses its place to it (S15). Of pending jobs only their groups are in memory, of paused
 * ones nothing. A smaller pool or another fairness takes effect when the scheduler is opened. {@code AdmissionOrder.next()} changes
 * nothing.
 */
@NullMarked
package io.yardmaster.core.admission;

import org.jspecify.annotations.NullMarked;
