package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.api.Api;
import io.yardmaster.app.embedded.EmbeddedStack;
import io.yardmaster.app.http.Assets;
import io.yardmaster.app.http.Health;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicsException;
import io.yardmaster.topology.SchedulerException;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.config.Secrets;
import io.yardmaster.topology.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/** What {@code serve} runs: the scheduler, its HTTP port, and the Kafka and registry that it brings if it is to. */
final class RunningScheduler implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private volatile HttpService http;
    private volatile EmbeddedStack stack;
    private volatile SchedulerService service;
    private volatile Api api;
    private boolean closed;

    /** Starts on the Kafka and the registry that the settings name. Returns when events can be sent. */
    void start(LayeredSettings settings) {
        SchedulerConfig config = Requirements.withKafkaAndRegistry(settings);
        openHttp(settings);
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(Role.SCHEDULER);
            try {
                run(config, settings);
            } catch (SchedulerException e) {
                explain(e, topics);
                throw e;
            }
            // It could not be asked of the changelog before that was there.
            topics.requireAccess(Role.SCHEDULER);
        }
    }

    /** Throws instead what is not permitted, if that is why something failed. */
    private static void explain(SchedulerException failure, DeploymentTopics topics) {
        try {
            topics.requireAccess(Role.SCHEDULER);
        } catch (TopicsException e) {
            failure.addSuppressed(e);
        }
    }

    /** Starts with a Kafka and a registry of its own. Returns what leads there when events can be sent. */
    LayeredSettings startEmbedded(LayeredSettings settings, Path data, int port) {
        settings.scheduler();
        openHttp(settings);
        stack = EmbeddedStack.start(settings, data, port, http);
        run(stack.settings().scheduler(), settings);
        return stack.settings();
    }

    /** One line, for people and scripts. */
    String ready(LayeredSettings settings) {
        var values = settings.values();
        String registry = values.getOrDefault(Settings.REGISTRY_URL.key(), "none");
        return "ready kafka=%s registry=%s http=%s"
                .formatted(
                        values.get(Settings.BOOTSTRAP_SERVERS.key()),
                        Secrets.mask(Settings.REGISTRY_URL.key(), registry),
                        http.url());
    }

    /** Waits until {@link #close} or a failure, which is thrown. */
    void awaitStopped() throws InterruptedException {
        service.awaitStopped();
    }

    /** From here on the process ends cleanly, with exit code 0, when it is told to stop. */
    void closeOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAndHalt, "stop"));
    }

    /** The scheduler leaves its group first, so that others take over at once; Kafka goes last. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (service != null) {
                service.close();
            }
        } finally {
            try {
                if (api != null) {
                    api.close();
                }
                if (http != null) {
                    http.close();
                }
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
        http = HttpService.start(settings.read(Settings.HTTP_LISTEN::in));
        http.mount("health", Health.router(new SchedulerHealth()), "application/json");
        ClassLoader classes = RunningScheduler.class.getClassLoader();
        http.mount("", new Assets(classes, "io/yardmaster/app/console", false));
        http.mount("webjars", new Assets(classes, "META-INF/resources/webjars", true));
    }

    private void run(SchedulerConfig config, LayeredSettings settings) {
        HostPort address = AdvertisedAddress.of(settings, http.port());
        service = new SchedulerService(config.at(address), Version.text());
        api = new Api(config, Version.text(), address, service::lookout);
        api.mount(http);
        service.start();
        service.awaitRunning(START_TIMEOUT);
    }

    private final class SchedulerHealth implements Health {
        @Override
        public boolean live() {
            return service == null || service.isAlive();
        }

        @Override
        public boolean ready() {
            return service != null && service.isRunning();
        }
    }
}
