/**
 * The measured applications, each in a JVM of its own that obeys the commands of
 * {@link io.yardmaster.bench.process.CommandLoop}.
 *
 * <pre>
 *   ContestantProcess ──▶ Contestant ──┬─▶ StreamsContestant ──▶ RunningYardmaster: the scheduler as it ships
 *                                      │                    └──▶ PlainStreams: CopyTopology, StraightforwardTopology
 *                                      └─▶ QueueContestant ──▶ SkipLockedQueue, DbSchedulerQueue on a QueueDatabase
 * </pre>
 *
 * <p>All Streams contestants run with the scheduler's own settings of Kafka Streams, so a changed default changes them
 * all. A JVM stays up over all rounds; its application is new in each, with topics and an application id of its own.
 */
package io.yardmaster.bench.contestants;
