package io.yardmaster.client;

import io.yardmaster.testkafka.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One embedded Kafka for all integration tests of a JVM; a test that takes a {@link ClientFixture} gets topics of its
 * own in it.
 */
final class Broker implements ParameterResolver {
    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ClientFixture.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(Namespace.create(Broker.class))
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
        ClientFixture fixture = new ClientFixture(running.kafka.bootstrapServers());
        context.getStore(Namespace.create(Broker.class)).put(fixture, fixture);
        return fixture;
    }

    private record Running(TestKafka kafka, Path directory) implements AutoCloseable {
        static Running start() {
            try {
                Path directory = Files.createTempDirectory("yardmaster-client");
                return new Running(TestKafka.start(directory), directory);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            kafka.close();
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
