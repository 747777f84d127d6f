/**
 * What an execution manager in Java uses: give it a handler, get assignments.
 *
 * <pre>
 *   dispatch topic ──▶ poll thread ──▶ inbox ──▶ fence ──▶ worker 1..N ──▶ handler, retried
 *                       ▲   │         decode,    drop old     │
 *   sessions topic ─────┼───┼────────────────────▶ sessions   │ report: completed, failed or dropped
 *   (thread of its own) │   │                                 │
 *                       │   └─ heartbeats, pause/resume       ▼
 *                       └──────────────────────────── what is done, per partition ──▶ committed offset
 * </pre>
 *
 * <pre>{@code
 * try (var em = ExecutionManager.builder()
 *         .settings(Map.of("bootstrap.servers", "127.0.0.1:9092", "schema.registry.url", "http://127.0.0.1:7070/registry"))
 *         .parallelism(4)
 *         .handler((assignment, context) -> run(assignment.jobId(), assignment.taskIndex()))
 *         .start()) {
 *     em.stopped().toCompletableFuture().join();
 * }
 * }</pre>
 *
 * <h2>Guarantees</h2>
 *
 * <ul>
 *   <li>At least once: an assignment is committed only after its handler has returned, failed for good, or been fenced.
 *       Only assignments of committed transactions are seen.
 *   <li>Commits follow within some 20 ms and never pass what is unfinished: the committed offset is one past the last
 *       assignment up to which everything is done. It is how the scheduler sees what was taken.
 *   <li>What finished behind an unfinished one is noted in the metadata of the committed offset: when the partition
 *       moves, or this process dies, the next owner does not run it again (S14).
 *   <li>Fencing (S11): once a newer session is known, from an assignment of any partition or from the sessions topic,
 *       no older assignment is started, and one that runs finds itself cancelled before any newer one starts.
 *   <li>A slow handler never costs the membership: polling goes on, paused, however long it takes.
 *   <li>An orderly revocation or close commits what is finished and gives back the rest.
 *   <li>A record that is no assignment is skipped and reported; while the schema registry is away nothing is skipped.
 *   <li>Memory: at most twice the parallelism of assignments, and one fetch.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>Twice is possible: what finished in the last milliseconds before a kill or a lost membership, and what still
 *       runs in a partition when the grace of its revocation is over, is run again by the next owner.
 *   <li>A partition is one execution manager's: assignments that wait behind a long one, when all its workers are busy,
 *       cannot be taken by another. Parallelism above 1 helps, more partitions help more.
 *   <li>While a revoked partition's work is awaited this process takes nothing new. With Kafka's classic group protocol
 *       the others, too, may be unable to commit meanwhile; {@code group.protocol=consumer} does not have that.
 *   <li>A handler is never killed. One that ignores its cancellation keeps its worker, and after a close its thread.
 *   <li>The pause before a retry occupies a worker.
 *   <li>Execution managers in other languages overwrite the metadata of the committed offset: they work in one group with
 *       this one, but what finished out of order may then be run again.
 * </ul>
 */
package io.yardmaster.client;
