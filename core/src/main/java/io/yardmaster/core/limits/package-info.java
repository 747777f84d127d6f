/**
 * Limits decide what may run now (L4-L8): named limits of which a task holds some units from its dispatch to its end, and the most tasks
 * that were dispatched and have not ended of all jobs, of a group, of a job, or of a pool, whose window that is (L9). Rates bound how fast tasks of a
 * group or a pool are offered (L7).
 *
 * <pre>
 *   tasks become ready ──▶ LimitedTasks of a job, by shape ──listed──▶ WaitingList of their group ──▶ Line of priority and shape
 *                                       │                                                                │
 *                                       │ ◀──────────────── grant, while the limits have room ───────────┘
 *                                       ▼
 *                      the job's turn: assignment, which holds the units ──▶ its end releases them
 * </pre>
 *
 * <p>Guarantees. A task holds all units that it needs or none. The units are written with the assignment, and
 * released once: by the outcome, by the commit of the execution managers, or by a new session. A limit is never exceeded, but
 * by tasks that were dispatched before it was lowered. Tasks that wait cost nothing: those that lack units wait at the limit that lacks them, and a release
 * looks at those for which there is room then, in the order of priorities, then of the groups' turns by weight, then of arrival. Tasks that do not fit
 * hide no others.
 *
 * <p>As long as nobody waits for a limit, tasks that become ready need no grant: they are {@link io.yardmaster.core.limits.OpenTasks
 * open}, have turns at once, and take their units then.
 *
 * <p>A grant reserves units for a job whose turn is to come. Jobs of a higher priority may take them; then the grant is void
 * and the task waits again. Tasks that need many units may wait long while others that need fewer take what is released.
 *
 * <p>Tasks of a pool other than the default one are offered when they are granted. They take no part in the rotation, whose window is that of the
 * default pool: neither of the two can keep the other back.
 */
@NullMarked
package io.yardmaster.core.limits;

import org.jspecify.annotations.NullMarked;
