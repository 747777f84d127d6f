/**
 * The dispatch window (S12): counts the outstanding assignments, those that are dispatched and neither taken by the
 * execution managers' group nor ended by an outcome.
 *
 * <pre>
 *   stream thread                                     polling thread, every 10 ms
 *
 *   ShardWindow: countOutstanding, place,             GroupOffsetPoller
 *        │       ended, dropEnded                          │ refresh
 *        │          │                                      ▼
 *        ▼          └──────────────────────▶ DispatchWindow ◀── ConsumerGroupSource or ShareGroupSource
 *   AssignmentPlacer ──sent, acknowledged──▶ per shard and         ▲ committed offsets, or lags
 *        │                                   dispatch partition:   │ assignments in the topic, with their ids
 *        ▼                                   offsets and ids    DispatchLog, LostOffsets ──▶ brokers
 *   producer
 * </pre>
 *
 * <p>An assignment counts from the moment at which {@link io.yardmaster.topology.window.AssignmentPlacer} places it
 * until the group's committed offset has passed it or, in a consumer group, its outcome was read
 * ({@link io.yardmaster.topology.window.ShardWindow#ended}). Markers and aborted records take offsets, too, so
 * assignments are counted one by one; in doubt (after a start, a rebalance or an abort) the topic is read from the
 * committed offset on. That reading finds ended assignments again; the shard's state says which have ended
 * ({@link io.yardmaster.topology.window.ShardWindow#dropEnded}). See decision 4.
 *
 * <p>Guarantees. Once a shard {@link io.yardmaster.topology.window.ShardWindow#isKnown is known}, no count is too low;
 * counts are too high only for moments, until undecided transactions are decided and read and ended assignments that
 * were read are dropped. If the offsets cannot be refreshed for 5 s, nothing is dispatched. If the group loses its
 * offsets, the instance with shard 0 gives them back while the group has no members (decision 26).
 *
 * <p>Memory: two longs, offset and id, for each acknowledged assignment. The arrays have room for less than eight times
 * as many as were ever outstanding at once in the partition, because they double, and keep ended assignments until these
 * are more than half. The first outcome adds a table of the latest placements of its shard: 12 bytes for each of four
 * times as many as were ever outstanding at once, from 3 KB to 1.5 MB. A fleet that sends no outcomes causes no table.
 */
package io.yardmaster.topology.window;
