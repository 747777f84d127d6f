/**
 * Decides which task runs next. The core knows neither Kafka nor clocks nor threads: the caller of a
 * {@link io.yardmaster.core.Scheduler} passes events, the time and the {@link io.yardmaster.core.state.Storage}. Nothing but
 * the JDK is on the core's class path.
 *
 * <pre>
 *   Event  ──▶ ┌───────────┐        jobs       the record of a job: its queue, the attempts seen of its tasks
 *   Budget ──▶ │ Scheduler │ ──▶    order      the turns of active jobs and their groups
 *              └───────────┘        admission  the active jobs, and the pending ones that wait for a place
 *                │       ▲          limits     which tasks may run now: named limits, rates, pools
 *   Decision ◀───┘       │          ending     the last tasks of a job, and how it is forgotten
 *   Demand   ◀───────────┘          graph      jobs whose dependencies the scheduler resolves
 *                                   outcomes   the ends of assignments, and refused tasks
 *                                   cycle      the order in which all these tasks are offered
 *                                   view       jobs and groups as a person sees them
 *                                   state      the records and keys in the storage
 *                                   values     the arguments and results on the left
 *                                   ticks      a log of the calls, to make them again in a replay
 * </pre>
 *
 * <p>{@code placement}, which chooses hosts for tasks, stands beside them: it uses none of them, and none uses it.
 *
 * <p>A package uses only the packages behind it in this list: view, cycle, outcomes, graph, ending, limits, admission,
 * order, jobs, state, values. Nothing in them uses ticks.
 *
 * <p>Guarantees. The same calls give the same decisions, also if the scheduler was opened anew from its storage in between. A
 * task is offered at most once per session and attempt, and exactly once unless its job is finalized, cancelled or paused first or
 * storage begins a newer session; for a task that is not offered there is a decision that drops it. A task that an execution
 * manager refuses is offered once more. An outcome counts once.
 *
 * <p>Limits. Only the active jobs and the resource groups that have jobs are in memory. A call to {@code tick} offers at most
 * its budget, and lifts at most a thousand gates, forgets at most a thousand jobs and deletes at most a thousand entries of
 * each kind. An event touches some dozen entries of the storage and each page in which one of its tasks lies; opening reads
 * the active jobs and the groups. No value is longer than {@link io.yardmaster.core.state.Storage#MOST_VALUE_BYTES}. The
 * caller checks that indices, attempts and sessions are 0 or more; nothing else in an event makes a call throw.
 */
@NullMarked
package io.yardmaster.core;

import org.jspecify.annotations.NullMarked;
