package io.yardmaster.testkafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Passes the same {@link TestKafka} to all tests of a JVM that have a parameter of this type, and stops it when the last of them is over.
 * Their topics and groups stay in it until then, so none of them may have a name that another test gives to its own.
 */
public final class SharedKafka implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestKafka.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    /** The Kafka of this JVM's tests; it is started for the first that asks for it, and is not to be closed. */
    public static TestKafka of(ExtensionContext context) {
        // Maven makes a request of its own for each class, and the root context lives for one request.
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedKafka.class))
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class)
                .kafka();
    }

    private record Running(TestKafka kafka, Path directory) implements AutoCloseable {
        private static final AtomicBoolean STARTED = new AtomicBoolean();

        static Running start() {
            if (STARTED.get()) {
                throw new IllegalStateException(
                        "the Kafka of this JVM's tests was stopped before all of them were over");
            }
            try {
                Path directory = Files.createTempDirectory("yardmaster-kafka");
                Running running = new Running(TestKafka.start(directory.resolve("log")), directory);
                STARTED.set(true);
                return running;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
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
