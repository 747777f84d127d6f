/**
 * The scheduler as a Kafka Streams application. {@link io.yardmaster.topology.SchedulerTopology} is the map,
 * {@link io.yardmaster.topology.SchedulerProcessor} drives the core for one shard, and
 * {@link io.yardmaster.topology.SchedulerService} runs one instance.
 *
 * <p>The path of a record:
 *
 * <pre>
 *   lane ──▶ LaneDeserializer ──▶ Events ──▶ JobPlacement ──▶ Expectations ──▶ core: Scheduler.apply ──┐
 *                   │                │            │                │                                   │ decisions
 *                   └────────────────┴──────┬─────┴────────────────┘                                   ▼
 *                                           ▼ refused                                               Outbox
 *                         DeadLetters ──▶ dead-letter topic                                         ▲  │ assignments
 *                                                                                        decisions  │  ▼
 *   command ──▶ Events ──▶ CommandDesk ──┐
 *   graph ──▶ GraphEvents ──▶ GraphDesk ─┼──▶ core: Scheduler.apply ──▶ JobEvents, KillWriter ──▶ events topic, kills topic
 *   outcome ──▶ Events ──▶ OutcomeDesk ──┘         └──▶ DispatchWindow: the assignment has ended
 *
 *   task of a pool with hosts ──▶ OfferDesk ──▶ offers topic ──▶ PlacementProcessor (its own sub-topology) ──▶ dispatch topics
 *       ▲                                                            ▲                └──▶ outcomes topic: lost places
 *       └── core: Scheduler.tick                    heartbeats of hosts
 *
 *   tick ──▶ DispatchBudget.available ──▶ core: Scheduler.tick ─────────────────────────────────────┘  FencedProducer
 *                    ▲                                                                                 │  │
 *             DispatchWindow ◀── sent, acknowledged ───────────────────────────────────────────────────┘  ▼
 *                    ▲                                                                             dispatch topic
 *                    └── GroupOffsetPoller ◀── committed offsets ◀── execution managers ◀─────────────────┘
 *
 *   commit: CommitHook ──▶ core: Scheduler.flush ──▶ state, offsets and assignments in one transaction
 * </pre>
 *
 * <p>Guarantees. Offsets, state and assignments become durable in one transaction, which the broker refuses from an
 * instance that has lost its stream tasks (decision 13): so each attempt is dispatched exactly once. A record that
 * cannot be used is in the dead-letter topic with its reason, and stops no shard (decision 7). A stream thread that an
 * outage ends is replaced; a broken invariant stops the instance ({@link io.yardmaster.topology.StreamThreadFailures}).
 *
 * <p>Packages beneath: {@code config} the settings, {@code window} the outstanding assignments, {@code shares} the
 * division of the window among shards, {@code pools} the topics and windows of pools, {@code policy} the operator's choices that change at run time, {@code pacing} rest while idle, {@code upkeep} of the topics, {@code views} what
 * people see, {@code meters} what is measured. None of them uses this one.
 */
package io.yardmaster.topology;
