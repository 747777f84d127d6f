/**
 * Whether many shards are one scheduler: how evenly jobs, or groups, are served wherever they are (S16), and how
 * fast a new session reaches the partitions that saw no event of it (S11).
 *
 * <pre>
 *   {@link LaneSender} ──▶ lanes ──▶ scheduler instances ──▶ dispatch ──▶ {@link PacedFleet}, the bottleneck
 *                                    (each in its JVM)            └────▶ {@link DispatchReader}, which counts
 * </pre>
 *
 * <p>All times are the broker's: the lanes and dispatch are stamped when a record is appended. So nothing depends on how
 * fast the reader or the fleet is, and assignments of aborted transactions are not counted.
 */
package io.yardmaster.bench.fairness;
