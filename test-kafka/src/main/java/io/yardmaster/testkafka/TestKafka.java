package io.yardmaster.testkafka;

import java.nio.file.Path;

/**
 * A Kafka for tests. The system property {@code kafka} selects it:
 *
 * <ul>
 *   <li>{@code embedded}, or nothing: a broker in this JVM.
 *   <li>{@code containers}: the image {@code apache/kafka}, in the version of the clients, by Testcontainers.
 *   <li>any other value: the {@code bootstrap.servers} of a running Kafka for tests. It must be one broker or let topics have
 *       one replica, and allow the short session time-outs that {@code group.min.session.timeout.ms} and similar settings forbid
 *       by default. Topics and groups stay behind in it.
 * </ul>
 */
public interface TestKafka extends AutoCloseable {
    String PROPERTY = "kafka";

    /**
     * Returns as soon as clients can use it.
     *
     * @param directory the directory for the log of an embedded broker; the other kinds do not use it
     */
    static TestKafka start(Path directory) {
        String kind = System.getProperty(PROPERTY, "embedded");
        return switch (kind) {
            case "embedded" -> new KafkaInThisJvm(directory);
            case "containers" -> new KafkaInContainer();
            default -> new RunningKafka(kind);
        };
    }

    /** The value of {@code bootstrap.servers} for clients. */
    String bootstrapServers();

    /** A name for topics and groups that nothing else in this Kafka has, made from one that no other test uses. */
    String unique(String name);

    /** Stops the Kafka if it was started for this test. */
    @Override
    void close();
}
