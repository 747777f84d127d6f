/**
 * The contract with storage and execution managers: topics, Avro records (generated from {@code src/main/avro}), keys and headers.
 *
 * <pre>
 *   storage ─▶ ready    TaskReady     ┐               ┌─▶ dispatch     TaskAssignment ─▶ execution managers
 *              commit   CommitReady   ├─▶ scheduler ──┼─▶ kills        Kill ─▶ execution managers
 *              cleanup  CleanupReady  │      ▲        ├─▶ events       JobEvent ─▶ observers
 *   anybody ─▶ graphs   JobGraph      │      │        ├─▶ dead-letter  refused records, as received
 *              commands JobCommand    ┘      │        ├─▶ sessions     Session, the newest
 *                                            └────────┴─▶ shares       Share of a shard; between instances
 *
 *   topic   Topic, TopicNames
 *   key     job id, 8 bytes big-endian; partition: JobPartition
 *   value   Confluent's wire format, see the package serde
 *   header  Epoch, JobExpectation, TraceContext, DeadLetterHeaders
 * </pre>
 *
 * <p>Guarantees. Names and meanings of topics, fields and headers hold; a newer version may add fields with defaults, and reads the
 * records of older versions. The package uses kafka-clients and Avro, and nothing of Kafka Streams.
 */
package io.yardmaster.schemas;
