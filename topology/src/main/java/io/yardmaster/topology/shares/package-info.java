/**
 * How shards, on whatever instances, are one scheduler: they share one dispatch window (S12) and keep pace with
 * each other (S16).
 *
 * <pre>
 *   each partition ──share: weight, backlog, service, what it holds──▶ shares topic ──▶ board on every instance
 *        ▲                                                                 ▲                   │
 *        │                                                                 │ grants            │
 *        │ quota, pace                                       partition 0 ──┘ coordinator ◀─────┤
 *        └─────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Guarantees. No more assignments are out than the capacity, whoever dies, is a zombie, or sees old news: a share is
 * published in the transaction that makes it true, and a larger quota is granted only from what was seen to be given
 * back. Partitions with a backlog advance at the same speed, whatever their quotas are: none gets further ahead of the
 * slowest than some tenths of a second. One partition alone has the whole window and publishes nothing.
 *
 * <p>Limits. Capacity moves between partitions in about a tenth of a second, and not out of a partition whose instance
 * is dead before another one has taken it over. While partition 0 is nowhere, quotas stay as they are. A window narrower
 * than the number of partitions goes round.
 */
package io.yardmaster.topology.shares;
