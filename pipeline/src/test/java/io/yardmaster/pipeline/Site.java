package io.yardmaster.pipeline;

import io.yardmaster.embedded.connect.ConnectWorker;
import io.yardmaster.embedded.connect.DatabaseServer;
import io.yardmaster.embedded.connect.HttpRegistry;
import io.yardmaster.embedded.connect.MariaDbServer;
import io.yardmaster.embedded.connect.NoBinariesException;
import io.yardmaster.embedded.connect.PostgresServer;
import io.yardmaster.testkafka.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Kafka, one registry, one worker and one server of each database for all integration tests of a JVM. */
final class Site implements ParameterResolver {
    static final Path HOME = Path.of(System.getProperty("connect.home", "../connectors/target/connect"));

    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Maven makes a request of its own for each class, and the root context lives for one request.
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Site.class))
                .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class);
    }

    /** The running parts; each is started when it is first asked for. */
    static final class Running implements AutoCloseable {
        private static final String REGISTRY = "connectors";
        private static final AtomicBoolean STARTED = new AtomicBoolean();

        private final Path directory = temporaryDirectory();
        private final Deque<Runnable> closing = new ArrayDeque<>();
        private final Map<Class<?>, Object> started = new HashMap<>();
        private int names;

        Running() {
            if (!STARTED.compareAndSet(false, true)) {
                throw new IllegalStateException("not one for all tests of this JVM, but another one");
            }
        }

        TestKafka kafka() {
            return get(TestKafka.class, () -> TestKafka.start(directory.resolve("kafka")));
        }

        HttpRegistry registry() {
            return get(HttpRegistry.class, () -> HttpRegistry.start(REGISTRY));
        }

        String registryInThisJvm() {
            registry();
            return "mock://" + REGISTRY;
        }

        ConnectWorker worker() {
            return get(ConnectWorker.class, () -> newWorker("shared", Map.of())).awaitUp();
        }

        /** A worker of a group of its own, for tests that kill it. */
        ConnectWorker newWorker(String ownGroup, Map<String, String> changes) {
            String group = kafka().unique(ownGroup);
            Map<String, String> all = new HashMap<>(Map.of(
                    "group.id", group,
                    "config.storage.topic", group + "-configs",
                    "offset.storage.topic", group + "-offsets",
                    "status.storage.topic", group + "-status"));
            all.putAll(changes);
            return ConnectWorker.launch(HOME, directory.resolve("worker"), kafka().bootstrapServers(), all);
        }

        PostgresServer postgres() {
            return orSkip(() -> get(PostgresServer.class, () -> PostgresServer.start(directory.resolve("postgres"))));
        }

        MariaDbServer mariaDb() {
            return orSkip(() -> get(MariaDbServer.class, () -> MariaDbServer.start(directory.resolve("mariadb"))));
        }

        DatabaseServer server(Database database) {
            return database == Database.POSTGRESQL ? postgres() : mariaDb();
        }

        private static <T> T orSkip(Supplier<T> server) {
            try {
                return server.get();
            } catch (NoBinariesException e) {
                Assumptions.abort(e.getMessage());
                throw e;
            }
        }

        /** A name that no other test has, for a database, its slot and its connector. */
        synchronized String newName() {
            return kafka().unique("fixture" + ++names);
        }

        Path directory() {
            return directory;
        }

        private synchronized <T extends AutoCloseable> T get(Class<T> type, Supplier<T> start) {
            Object known = started.get(type);
            if (known == null) {
                known = start.get();
                started.put(type, known);
                closing.push(() -> close(type.cast(started.get(type))));
            }
            return type.cast(known);
        }

        private static void close(AutoCloseable one) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** Closes all in the opposite order, whatever fails; a worker without its Kafka would hang. */
        @Override
        public void close() {
            List<RuntimeException> failures = new ArrayList<>();
            for (Runnable one : closing) {
                try {
                    one.run();
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }
            delete();
            if (!failures.isEmpty()) {
                throw failures.get(0);
            }
        }

        private void delete() {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path temporaryDirectory() {
            try {
                return Files.createTempDirectory("yardmaster-connect");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
