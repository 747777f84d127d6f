/**
 * Chooses the hosts on which tasks run. {@link io.yardmaster.core.placement.Planner} is the pure heart, around which the caller leads
 * a pool's offers.
 *
 * <pre>
 *   offers ─────────────┐
 *   heartbeats ▶ HostTable ─▶ PlacementSnapshot ─▶ PlanRunner ─(another thread)─▶ Planner ─▶ Plan ─┐
 *                  ▲     reservations ┘  ▲                                                          │
 *                  │                     └─── reservations for the next one ◀───────────────────────┤
 *                  └── bookings ◀── Reconciler ◀── JobsNow: the jobs as they are now                ◀┘
 * </pre>
 *
 * <p>{@link io.yardmaster.core.placement.PoolPlacement} leads all of this for the pools of one partition, and keeps it in a storage:
 *
 * <pre>
 *   heartbeats, offers, ends, withdrawals ──▶ PoolPlacement ──▶ PlacementOutput: assigned, returned, lost, preempted
 *                                              │    PoolBook: one pool; PoolTurns: which is planned next
 *                                              ▼
 *                                          PoolState ──▶ PoolRecords ──▶ Storage
 *                                          StoredBatches: tasks, many in an entry, stored when a transaction ends
 * </pre>
 *
 * <p>Inside of a plan:
 *
 * <pre>
 *   Planner ──▶ HostChooser   OrderedHosts (HostBlocks): BestFit, Spread     which host has room and comes first
 *      │            │         CostedHosts: OpportunityCost
 *      │            ▼
 *      ├──────▶ HostRooms     the room that is left, and the holds on it
 *      ├──────▶ Preemption    the tasks of lower priority that end for a task that would be blocked
 *      └──────▶ Reserving     the hosts on which the blocked head of a level gathers room
 * </pre>
 *
 * <p>Guarantees. The same snapshot and policy give the same plan. No plan exceeds a host's total, ignores labels, or splits a gang.
 * The blocked head of a level keeps its reservation, with its turn, from plan to plan, and tasks that pass it either end before its
 * turn or leave it the room: so it starts as soon as the tasks that were there before it have ended. {@link
 * io.yardmaster.core.placement.HostTable#book} throws rather than break P1. A runner has one plan under way, and a cancelled one
 * ends after some hundred comparisons of hosts with needs. A heartbeat that cannot be right is refused with a line that says why.
 *
 * <p>Limits. A pool has at most 100,000 hosts with 64 different resources. A host is in one reservation at a time; a lower level
 * takes hosts that no higher one has reserved. A head starts later by as much as expected durations are wrong.
 * Higher priorities do not heed the reservations of lower ones. Resources of a host are sums: a task that needs two halves of a GPU
 * may get them on two GPUs.
 */
@NullMarked
package io.yardmaster.core.placement;

import org.jspecify.annotations.NullMarked;
