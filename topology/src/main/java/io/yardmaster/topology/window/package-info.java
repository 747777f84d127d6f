/**
 * The dispatch window (S12): counts the outstanding assignments, those that are dispatched and not yet taken by the
 * execution managers' group.
 *
 * <pre>
 *   stream thread                                     polling thread, every 10 ms
 *
 *   ShardWindow: countOutstanding, place              GroupOffsetPoller
 *        │                                                 │ refresh
 *        ▼                                                 ▼
 *   AssignmentPlacer ──sent, acknowledged──▶ DispatchWindow ◀── ConsumerGroupSource or ShareGroupSource
 *        │                                   per shard and         ▲ committed offsets, or lags
 *        ▼                                   dispatch partition    │ assignments in the topic
 *   producer                                                    DispatchLog, LostOffsets ──▶ brokers
 * </pre>
 *
 * <p>An assignment counts from the moment at which {@link io.yardmaster.topology.window.AssignmentPlacer} places it
 * until the group's committed offset has passed it. Markers and aborted records take offsets, too, so assignments are
 * counted one by one; in doubt (after a start, a rebalance or an abort) the topic is read from the committed offset on.
 * See decision 4.
 *
 * <p>Guarantees. Once a shard {@link io.yardmaster.topology.window.ShardWindow#isKnown is known}, no count is too low;
 * counts are too high only for moments, until undecided transactions are decided and read. If the offsets cannot be
 * refreshed for 5 s, nothing is dispatched. If the group loses its offsets, the instance with shard 0 gives them back
 * while the group has no members (decision 26).
 */
package io.yardmaster.topology.window;
