/**
 * The ends of assignments, by the word of execution managers (O1-O3, O7).
 *
 * <pre>
 *   outcome ──▶ Outcomes ──▶ EndedAssignments   one bit for each assignment of the session
 *                  │    └──▶ Job.ends           counts for people
 *                  └─ refused ──▶ RefusedTasks ──(back-off)──▶ the job's queue, or its finalizing task
 *   assignment of a graph ──▶ AwaitedTasks   its task, until it has ended; by it some end without an outcome
 * </pre>
 *
 * <p>Guarantees. An outcome counts once: an assignment is known by its number, which no other assignment has. Nothing is stored
 * here for execution managers that send no outcomes, but for the dispatched tasks of graphs that have not ended. A refused task is offered again once, under another number, unless its job is
 * finalized, cancelled or forgotten meanwhile, of which a decision tells.
 *
 * <p>Limits. 4,096 assignments have one record, of some bytes if they end in their order and of 513 at most; it is deleted when
 * all of them, and all before them, have ended, or when the {@link io.yardmaster.core.values.Policy#dedupExpiry} has passed since
 * they were made, after which an outcome of them does not count any more. A record of up to 1.1 KB holds each refused task. A
 * tick offers at most a thousand refused tasks again. In memory are at most 64 records besides those that a commit will write.
 * A dispatched task of a graph takes some 20 bytes at most, or some bits if its stage's tasks go in a row, and as much again until a flush has
 * looked at its record.
 */
@NullMarked
package io.yardmaster.core.outcomes;

import org.jspecify.annotations.NullMarked;
