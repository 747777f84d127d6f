/**
 * The Kafka that integration tests run on. A test asks for a {@link io.yardmaster.testkafka.TestKafka}; {@code -Dkafka=…} of the
 * build selects which, so that no test is written twice.
 *
 * <pre>
 *   -Dkafka=embedded (default) ─▶ a broker in this JVM      ┐
 *   -Dkafka=containers ─────────▶ the image apache/kafka    ├─▶ TestKafka ─▶ test
 *   -Dkafka=HOST:PORT ──────────▶ a Kafka that runs already ┘
 * </pre>
 *
 * <p>A {@link io.yardmaster.testkafka.SharedKafka} is one for all tests of a JVM.
 * {@link io.yardmaster.testkafka.ClassArchive} makes processes that a test starts start sooner, and a
 * {@link io.yardmaster.testkafka.TopicRereader} lets a test that waits read a topic again and again; a
 * {@link io.yardmaster.testkafka.MountedDisk} can be full.
 */
package io.yardmaster.testkafka;
