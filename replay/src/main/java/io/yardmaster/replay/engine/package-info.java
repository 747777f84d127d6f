/**
 * A day under one policy, in virtual time.
 *
 * <pre>
 *   TimedEvent ──▶ PolicyRun ──▶ Scheduler, the core's ──▶ DispatchedTask ──▶ SlotAgenda: which task ends next
 *                      ▲                                                          │
 *                      └───────────── AssignmentEnded, in its moment ◀────────────┘
 * </pre>
 *
 * <p>If the fleet has hosts, a task that asks for something of one goes to ModelHosts first, that is to the placement of production, and
 * into the agenda when it has a host.
 *
 * <p>The clock jumps from one moment in which something happens to the next. In each, tasks end first, then events come, then the
 * scheduler decides until no slot is free or nothing is left to offer. Tasks that end in the same moment end in the order in which
 * they began.
 *
 * <p>Memory: the state of the jobs that have not ended, and some figures for each group; nothing for a task that waits.
 */
package io.yardmaster.replay.engine;
