/**
 * The servers that a deployment with Kafka Connect has beside Kafka, for tests and benchmarks.
 *
 * <pre>
 *   PostgresServer ┐
 *                  ├─▶ ConnectWorker, with our plug-ins ─▶ a Kafka of the caller
 *   MariaDbServer  ┘     ▲ ConnectRest    │
 *                        │                └─▶ HttpRegistry: the mock registry of this JVM
 *                        configurations and DDL (ConnectorConfig, SqlScript)
 * </pre>
 *
 * <p>Guarantees. Databases and worker are real, each in a process of its own; {@code close} ends the process. A database without
 * binaries for this platform throws {@link io.yardmaster.embedded.connect.NoBinariesException}, by which a test can be skipped.
 */
package io.yardmaster.embedded.connect;
