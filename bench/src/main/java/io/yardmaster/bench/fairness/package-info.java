/**
 * The unity of many shards, for {@code bin/yardmaster-bench fairness}: how evenly jobs, or groups, are served in
 * whichever shard they lie (S16), and how fast a new session reaches shards without an event of it (S11).
 *
 * <pre>
 *   {@link ShardSender} ──▶ lanes ──▶ scheduler instances ──▶ dispatch ──▶ {@link PacedFleet}, the bottleneck
 *                                     (each in its JVM)            └────▶ {@link DispatchReader}, which counts
 * </pre>
 *
 * <p>All times are the broker's: records of the lanes and of dispatch are stamped when they are appended. So nothing
 * depends on the speed of the reader or the fleet, and assignments of aborted transactions are not counted.
 */
package io.yardmaster.bench.fairness;
