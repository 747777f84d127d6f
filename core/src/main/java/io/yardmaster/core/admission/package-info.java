/**
 * Which jobs take turns at once, and which wait for that.
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
 * <p>Guarantees. No more jobs are active than the policy has places (S4), and none waits while a place is free (S5). Pending jobs
 * go by their arrival; where groups take turns, a group without an active job goes first, and takes the youngest job's place of
 * the largest group if there is no free one (S15). However many jobs wait, in memory are their groups alone. A smaller pool or
 * another fairness takes effect when the scheduler is opened. {@code AdmissionOrder.next()} changes nothing.
 */
package io.yardmaster.core.admission;
