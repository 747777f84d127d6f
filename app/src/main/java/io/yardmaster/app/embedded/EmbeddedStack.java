package io.yardmaster.app.embedded;

import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.settings.SettingsException;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.config.Setting;
import io.yardmaster.topology.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Kafka with the scheduler's topics, and a schema registry below {@code /registry} of an HTTP port. Both keep their data
 * over a restart on the same directory.
 */
public final class EmbeddedStack implements AutoCloseable {
    private static final String ORIGIN = "--embedded";

    private static final String FETCH_WAIT = "fetch.max.wait.ms";
    /** The scheduler rests as long. A fetch that ends without a record costs as much as one that brings some. */
    private static final String FETCH_WAIT_MS = "2000";

    private final EmbeddedKafka kafka;
    private final LayeredSettings settings;

    private EmbeddedStack(EmbeddedKafka kafka, LayeredSettings settings) {
        this.kafka = kafka;
        this.settings = settings;
    }

    /**
     * Starts, and returns when events can be sent.
     *
     * @param given the user's settings; {@link #settings} adds those that lead to this Kafka and registry
     * @param data directory of all data; created when missing
     * @param port port of Kafka on 127.0.0.1; 0: any free port
     * @param http serves the registry; the caller closes it
     * @throws RuntimeException with a line that names the obstacle; nothing runs then and, if the obstacle is the port or
     *     the directory, nothing was created
     */
    public static EmbeddedStack start(LayeredSettings given, Path data, int port, HttpService http) {
        checkFree(given);
        EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("kafka"), port);
        try {
            // Not before: Kafka now has the lock on the directory.
            EmbeddedRegistry registry = EmbeddedRegistry.open(data.resolve("registry/schemas.json"));
            http.mount("registry", RegistryApi.router(registry), RegistryApi.CONTENT_TYPE);
            LayeredSettings settings = given.with(Settings.BOOTSTRAP_SERVERS.key(), kafka.bootstrapServers(), ORIGIN)
                    .with(Settings.REGISTRY_URL.key(), http.url() + "/registry", ORIGIN);
            if (given.origin(Settings.STATE_DIR.key()).isEmpty()) {
                settings = settings.with(
                        Settings.STATE_DIR.key(), data.resolve("state").toString(), ORIGIN);
            }
            SchedulerConfig config = settings.scheduler();
            try (DeploymentTopics topics = DeploymentTopics.of(config)) {
                topics.complete(TopicPlan.defaults(config.topics(), config.dispatchGroupType()));
                // An older version made the topics with the broker's defaults.
                topics.keepAll();
            }
            return new EmbeddedStack(kafka, settings);
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** The user's settings, and those that lead to this Kafka and registry. */
    public LayeredSettings settings() {
        return settings;
    }

    /**
     * The configuration of the scheduler in this process. Its stream threads let a fetch wait longer for a record than Kafka's
     * clients do, unless the user sets that: where several instances share a Kafka, the one that takes a shard over may have to
     * wait for the end of such a fetch, but here it is alone.
     */
    public SchedulerConfig scheduler() {
        return withLongFetches(settings).scheduler();
    }

    static LayeredSettings withLongFetches(LayeredSettings settings) {
        String mainConsumers = "kafka.main.consumer." + FETCH_WAIT;
        boolean given = Stream.of(mainConsumers, "kafka.consumer." + FETCH_WAIT, "kafka." + FETCH_WAIT)
                .anyMatch(key -> settings.origin(key).isPresent());
        return given ? settings : settings.with(mainConsumers, FETCH_WAIT_MS, ORIGIN);
    }

    /** Stops Kafka; the caller has stopped its clients before. */
    @Override
    public void close() {
        kafka.close();
    }

    private static void checkFree(LayeredSettings given) {
        for (Setting<?> setting : List.of(Settings.BOOTSTRAP_SERVERS, Settings.REGISTRY_URL)) {
            given.origin(setting.key()).ifPresent(origin -> {
                throw new SettingsException(
                        setting.key() + " must not be set with --embedded, which brings its own (" + origin + ")");
            });
        }
    }
}
