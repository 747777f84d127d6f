package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.api.Api;
import io.yardmaster.app.embedded.EmbeddedStack;
import io.yardmaster.app.http.Assets;
import io.yardmaster.app.http.Health;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.metrics.Metrics;
import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicsException;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.InstanceStatus;
import io.yardmaster.topology.NativeLibraries;
import io.yardmaster.topology.SchedulerException;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.config.Secrets;
import io.yardmaster.topology.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler that {@code serve} runs, with its HTTP port and, if embedded, its own Kafka and registry. */
final class RunningScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.yardmaster.Serve");
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(5);

    private final Metrics metrics = new Metrics(Version.text());
    private final StartPatience patience = new StartPatience(BETWEEN_ATTEMPTS);
    private volatile HttpService http;
    private volatile EmbeddedStack stack;
    private volatile SchedulerService service;
    private volatile SchedulerConfig config;
    private volatile Api api;
    private boolean closed;

    /** Waits for the Kafka and the registry that the settings name, and starts. Returns when events can be sent. */
    void start(LayeredSettings settings) {
        SchedulerConfig config = Requirements.withKafkaAndRegistry(settings);
        NativeLibraries.load();
        openHttp(settings);
        patience.until(() -> checkTopics(config));
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            try {
                run(config, settings);
            } catch (SchedulerException e) {
                explain(e, topics);
                throw e;
            }
            // Kafka can tell the permissions on the changelog only now that the topic exists.
            topics.requireAccess(Role.SCHEDULER);
        }
    }

    private static void checkTopics(SchedulerConfig config) {
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(Role.SCHEDULER).forEach(LOG::warn);
        }
    }

    /** Throws {@code NotPermittedException} in place of the failure if this client lacks a permission. */
    private static void explain(SchedulerException failure, DeploymentTopics topics) {
        try {
            topics.requireAccess(Role.SCHEDULER);
        } catch (TopicsException e) {
            failure.addSuppressed(e);
        }
    }

    /** Starts with a Kafka and a registry of its own. Returns, when events can be sent, the settings that lead to them. */
    LayeredSettings startEmbedded(LayeredSettings settings, Path data, int port) {
        settings.scheduler();
        NativeLibraries.load();
        openHttp(settings);
        stack = EmbeddedStack.start(settings, data, port, http);
        run(stack.scheduler(), settings);
        return stack.settings();
    }

    /** The line that tells people and scripts that events can be sent. */
    String ready(LayeredSettings settings) {
        var values = settings.values();
        String registry = values.getOrDefault(Settings.REGISTRY_URL.key(), "none");
        return "ready kafka=%s registry=%s http=%s"
                .formatted(
                        values.get(Settings.BOOTSTRAP_SERVERS.key()),
                        Secrets.mask(Settings.REGISTRY_URL.key(), registry),
                        http.url());
    }

    /** Waits until {@link #close}. Throws if the scheduler fails, with the withdrawn permission if that is the cause. */
    void awaitStopped() throws InterruptedException {
        try {
            service.awaitStopped();
        } catch (SchedulerException e) {
            // Kafka's clients do not always name a missing permission as the cause.
            if (e.getCause() instanceof KafkaException) {
                try (DeploymentTopics topics = DeploymentTopics.of(config)) {
                    explain(e, topics);
                }
            }
            throw e;
        }
    }

    /** Makes the process end cleanly, with exit code 0, when it is told to stop. */
    void closeOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAndHalt, "stop"));
    }

    /** The scheduler leaves its group first, so that others take over at once; the embedded Kafka stops last. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (service != null) {
                LOG.info("stopping");
                service.close();
                LOG.info("stopped, the group has been left");
            }
        } finally {
            try {
                if (api != null) {
                    api.close();
                }
                if (http != null) {
                    http.close();
                }
                metrics.close();
            } finally {
                if (stack != null) {
                    stack.close();
                }
            }
        }
    }

    private void closeAndHalt() {
        synchronized (this) {
            if (closed) {
                return;
            }
            close();
        }
        // The JVM's own exit code after a signal would say that this failed.
        Runtime.getRuntime().halt(0);
    }

    private void openHttp(LayeredSettings settings) {
        http = HttpService.start(settings.read(Settings.HTTP_LISTEN::in), AdvertisedAddress.hosts(settings));
        http.mount("health", Health.router(new SchedulerHealth()), "application/json");
        http.mount("metrics", metrics.router(), Metrics.CONTENT_TYPE);
        http.mount("", new Assets(RunningScheduler.class.getClassLoader(), "io/yardmaster/app/console"));
    }

    private void run(SchedulerConfig scheduler, LayeredSettings settings) {
        LOG.info("yardmaster {}", Version.text());
        HostPort address = AdvertisedAddress.of(settings, http.port());
        config = scheduler.at(address);
        api = new Api(config, Version.text(), address, () -> Optional.ofNullable(service)
                .flatMap(SchedulerService::queries));
        api.mount(http);
        patience.until(this::startService);
        List<String> read = Topic.OF_SHARDS.stream().map(config.topics()::of).toList();
        List<String> taken = new ArrayList<>(read);
        taken.add(config.topics().of(Topic.DISPATCH));
        service.status().ifPresent(status -> metrics.show(status, read, taken));
        service.queries().ifPresent(queries -> metrics.showPolicy(queries::policy));
        patience.awaitRunning(service::isRunningWithin, service::progress);
        LOG.info("ready, {} serves health and metrics", http.url());
    }

    /** Makes a new service for each attempt, as one that failed to start cannot be started again. */
    private void startService() {
        SchedulerService starting = new SchedulerService(config, metrics.meters(), Version.text());
        service = starting;
        starting.start();
    }

    private final class SchedulerHealth implements Health {
        @Override
        public boolean live() {
            return status().map(InstanceStatus::isLive).orElse(true);
        }

        @Override
        public boolean ready() {
            return status().map(InstanceStatus::isReady).orElse(false);
        }

        private Optional<InstanceStatus> status() {
            return Optional.ofNullable(service).flatMap(SchedulerService::status);
        }
    }
}
