/**
 * Decides what runs next. Knows neither Kafka nor clocks nor threads: whoever drives a
 * {@link io.yardmaster.core.Scheduler} tells it what happened and what time it is, and brings the
 * {@link io.yardmaster.core.state.Storage}. Nothing but the JDK is on its class path.
 *
 * <pre>
 *   Event  ──▶ ┌───────────┐        jobs       what is known of a job: its queue, what was seen of it
 *   Budget ──▶ │ Scheduler │ ──▶    order      whose turn it is
 *              └───────────┘        admission  who takes turns, and who waits for a place
 *                │       ▲          ending     the last tasks of a job, and how it is forgotten
 *   Decision ◀───┘       │          cycle      in what order all that is offered
 *   Demand   ◀───────────┘          view       what a person sees of it
 *                                   state      how it lies in the storage
 *                                   values     what crosses the border, above on the left
 * </pre>
 *
 * <p>A package uses those below it only, in this order: view, cycle, ending, admission, order, jobs, state, values.
 *
 * <p>Guarantees. The same calls give the same decisions, opened anew from the storage in between or not. A task is
 * offered at most once per session and attempt, and exactly once unless its job is finalized first or storage begins a
 * newer session; a task that is not offered is decided to be dropped.
 *
 * <p>Limits. In memory are the active jobs, the resource groups that have jobs, and nothing else; a call to
 * {@code tick} offers at most its budget, and lifts, forgets and deletes a thousand each. An event touches some dozen
 * entries of the storage, and as many pages as its tasks lie in; opening reads the active jobs and the groups. No value is
 * longer than {@link io.yardmaster.core.state.Storage#MOST_VALUE_BYTES}. Indices, attempts and sessions are 0 or more: the
 * caller checks that. Nothing else that an event contains makes a call throw.
 */
package io.yardmaster.core;
