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
 *                                     displaced by a higher priority or,
 *                                     where groups take turns, by another group
 * </pre>
 *
 * <p>Each priority is a level with active and pending jobs, groups and turns of its own; the places are common to all (L1). A
 * deployment without priorities has the normal level only.
 *
 * <p>Guarantees. No more jobs are active than the policy has places (S4), and no job is pending while a place is free (S5). A level
 * has turns only while no higher one has a task to offer, and a pending job displaces an active one of a lower level. In a level
 * pending jobs are admitted by their arrival. Where groups take turns, a group without an active job in the level goes first; if no
 * place is free, the youngest active job of the level's largest group loses its place to it (S15). Of pending jobs only their groups
 * are in memory, of paused ones nothing. A smaller pool or another fairness takes effect when the scheduler is opened.
 * {@code AdmissionOrder.next()} changes nothing.
 */
@NullMarked
package io.yardmaster.core.admission;

import org.jspecify.annotations.NullMarked;
