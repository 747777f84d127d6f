/**
 * A real Kafka of one node in this JVM, for {@code serve --embedded}, {@code demo} and tests.
 *
 * <pre>
 *   EmbeddedKafka.start ─▶ DataDirectory.check ─▶ Ports.reserve ─▶ DataDirectory.open ─▶ KilledBroker.fence ─▶ broker
 *                          changes nothing        two free ports   lock; format if new   if the last one    BrokerSettings
 *                                                                                        was killed
 * </pre>
 *
 * <p>Guarantees. Acknowledged records survive a restart and a killed JVM, but not a power cut. A
 * transaction that a killed broker left open is ended on all its partitions. Two brokers never use one directory.
 * If the directory or the port cannot be used, {@link io.yardmaster.embedded.EmbeddedKafkaException} says so in one line, and
 * nothing was created.
 *
 * <p>Limits. No replication, authentication or encryption; only this machine reaches the broker.
 */
package io.yardmaster.embedded;
