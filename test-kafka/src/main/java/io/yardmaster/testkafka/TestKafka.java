package io.yardmaster.testkafka;

import java.nio.file.Path;

/**
 * A Kafka for tests. The system property {@code kafka} says which:
 *
 * <ul>
 *   <li>{@code embedded}, or nothing: a broker in this JVM.
 *   <li>{@code containers}: the image {@code apache/kafka}, in the version of the clients, by Testcontainers.
 *   <li>anything else: the {@code bootstrap.servers} of a running Kafka that is there for tests. It has to be one broker or let
 *       topics have one copy, and allow the short sessions that {@code group.min.session.timeout.ms} and its like forbid by
 *       default. Topics and groups stay behind in it.
 * </ul>
 */
public interface TestKafka extends AutoCloseable {
    String PROPERTY = "kafka";

    /**
     * Returns when clients can use it.
     *
     * @param directory where an embedded broker keeps its log; the others leave it alone
     */
    static TestKafka start(Path directory) {
        String kind = System.getProperty(PROPERTY, "embedded");
        return switch (kind) {
            case "embedded" -> new KafkaInThisJvm(directory);
            case "containers" -> new KafkaInContainer();
            default -> new RunningKafka(kind);
        };
    }

    /** What clients take as {@code bootstrap.servers}. */
    String bootstrapServers();

    /** A name for topics and groups, made of one that the test has to itself, that nothing else in this Kafka has. */
    String unique(String name);

    /** Stops what was started for this test. */
    @Override
    void close();
}
