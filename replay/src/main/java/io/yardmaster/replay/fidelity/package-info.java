/**
 * Compares the order of the assignments that a deployment made with the order that the core chooses for the same events (R2).
 *
 * <pre>
 *   DayEntry … ──▶ OrderComparison ──▶ ShardReplay (one for each shard: a core, and its state) ──▶ ShardOrder
 * </pre>
 */
package io.yardmaster.replay.fidelity;
