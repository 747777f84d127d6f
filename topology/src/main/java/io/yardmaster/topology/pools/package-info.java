/**
 * The pools other than the default one, as one instance keeps them: topics, groups and windows.
 *
 * <pre>
 *   policy ──names──▶ PoolKeeper ──▶ PoolTopics: finds the topic of each, makes one that is missing
 *                         │
 *                         └──▶ KeptPool: DispatchWindow ◀──offsets of its group── OutstandingSource
 * </pre>
 *
 * <p>Guarantees. Nothing is dispatched to a pool whose topic is not known here. A pool that cannot be looked at keeps no other one up, and not the
 * default one, which has a thread of its own. An idle pool costs a look at its group's offsets every few seconds. The
 * number of outstanding assignments of a pool is a limit in the core.
 */
package io.yardmaster.topology.pools;
