/**
 * Makes the shards of all instances one scheduler: they share one dispatch window (S12) and all limits (L4), and keep pace
 * with each other (S16).
 *
 * <pre>
 *   each shard ──share: weight, backlog, service, holding──▶ shares topic ──▶ PeerShares on every instance
 *       ▲                                                        ▲                   │
 *       │                                                        │ grants            │
 *       │ quota, service of the slowest shard         Coordinator of shard 0 ◀───────┤
 *       └────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Guarantees. No more assignments are outstanding than the capacity, even if instances die, go on as zombies or see
 * old records: a share is published in the transaction that makes it true, and a larger quota is granted only from
 * assignments that were seen to be given back. Shards with a backlog advance at the same speed, whatever their quotas
 * are: none gets further ahead of the slowest than some tenths of a second. A sole shard has the whole window and
 * publishes nothing.
 *
 * <p>Each limit is divided as the window is: {@link io.yardmaster.topology.shares.Division} keeps the grants of one capacity, and the
 * guarantee. See decision 44.
 *
 * <p>Limits of this. Capacity moves between shards in about a tenth of a second, but leaves the shard of a dead instance only
 * when another instance has taken it over. While no instance has shard 0, quotas stay as they are. A window narrower
 * than the number of shards gives them quotas in turn.
 */
package io.yardmaster.topology.shares;
