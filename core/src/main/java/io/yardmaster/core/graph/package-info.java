/**
 * Jobs whose dependencies the scheduler resolves itself (G1-G7).
 *
 * <pre>
 *   graph ──▶ GraphParts ──▶ GraphCheck ──▶ Definitions (on disk, in blocks of 32 stages)
 *                                │
 *                                ▼
 *   outcome ──▶ Resolver ──▶ tasks that may run ──▶ the job's queue
 *                  │    └──▶ tasks that can never run: killed, and what waits for them
 *                  │    └──▶ failed, with attempts left ──▶ Retries ──(back-off)──▶ the job's queue
 *                  └──▶ all stages have ended ──▶ Conclusion: commit task or cleanup task, then the end ──▶ EndedGraphs
 *   a person asks ──▶ GraphView ──▶ StageReport, of what stages wait for; TaskFailures, with their reasons
 * </pre>
 *
 * <p>Guarantees. A task is made ready once in a session, when all that it waits for has ended as its stage wants. A graph is refused
 * as a whole or not at all. Each job reaches one end. Graphs outlive sessions: a new one makes ready again what has not ended.
 * A job of a graph keeps its gate and is not forgotten before its graph has ended, however long its tasks run.
 *
 * <p>Cost. A stage costs as much as its definition, some bytes of state, and a number for each run of its tasks that have ended,
 * however many tasks it has. A call does a thousand steps at most, a tick ten thousand: a step judges, kills or makes ready tasks
 * that lie together and have the same past, or tells one stage of the end of another. The rest is in the graph's agenda, in the
 * storage. A page of stages for a person takes some twenty thousand steps at most, and reads the blocks in which they and the
 * stages that they wait for lie. Of each graph the latest failures of a thousand tasks are kept for people, and of each shard the
 * latest hundred graphs that have ended. Only the blocks of active jobs are in memory, 8,192 at most behind a flush.
 */
@NullMarked
package io.yardmaster.core.graph;

import org.jspecify.annotations.NullMarked;
