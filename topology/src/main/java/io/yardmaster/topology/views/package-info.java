/**
 * The views of one instance that people look at. Each stream task has a
 * {@link io.yardmaster.topology.views.ShardQueryQueue}, to which other threads bring queries. The stream thread answers
 * them between two ticks, when nothing else moves: answers are exact, and cost nothing while no thread asks. Rates,
 * drops and a job's history are counted as they happen, a few machine words each.
 *
 * <pre>
 *   any thread ──query──▶ ShardQueries ──▶ ShardQueryQueue ──▶ stream thread, at the end of a tick
 *       ▲                                                            │
 *       └──────────── future of the answer ──────────────────────────┘
 * </pre>
 */
package io.yardmaster.topology.views;
