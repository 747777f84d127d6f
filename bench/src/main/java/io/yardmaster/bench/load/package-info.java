/**
 * The work that contestants get, the topics it passes through, and the fleet that takes the result.
 *
 * <pre>
 *   Workload ──▶ WorkloadSender ──▶ ready ──▶ contestant ──▶ dispatch ──▶ Drain, a fleet that only takes
 *                                   └─────────── BenchTopics ───────┘            └─▶ WorkloadReader: from which event
 * </pre>
 *
 * <p>A workload is the same in every round and for every contestant. Its events can lie in the topic unseen until a
 * transaction opens them, so that the clock starts with all of them there.
 */
package io.yardmaster.bench.load;
