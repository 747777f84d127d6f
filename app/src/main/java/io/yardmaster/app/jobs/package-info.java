/**
 * Workflows as jobs with graphs: {@link io.yardmaster.app.jobs.WorkflowGraph} makes a graph of a workflow,
 * {@link io.yardmaster.app.jobs.GraphSender} sends it, and {@link io.yardmaster.app.jobs.JobFollower} reads what becomes of it.
 *
 * <pre>
 *   SubmittedJob ──▶ WorkflowGraph ──parts──▶ GraphSender ──▶ graphs topic ──▶ scheduler ──▶ execution managers
 *                                                                                │ │              │
 *        FollowedJob ◀── JobFollower ◀───── events, dead letters ────────────────┘ └── outcomes ◀─┘
 * </pre>
 *
 * <p>A {@link io.yardmaster.app.jobs.FollowedJob} learns from events how its job goes on and ends, and from outcomes how far it is.
 */
package io.yardmaster.app.jobs;
