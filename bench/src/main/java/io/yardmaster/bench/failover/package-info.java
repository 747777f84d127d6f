/**
 * The time for which a shard stands still when the instance that has it is killed, for {@code bin/yardmaster-bench
 * failover}:
 *
 * <pre>
 *  events ─▶ ready ─▶ first instance ─┐ killed
 *                     second instance ┴─▶ dispatch ─▶ slow fleet
 *                                            └──────▶ tail, which sees the gap
 * </pre>
 */
package io.yardmaster.bench.failover;
