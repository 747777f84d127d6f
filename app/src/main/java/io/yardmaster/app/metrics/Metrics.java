package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.yardmaster.app.http.Reply;
import io.yardmaster.app.http.Router;
import io.yardmaster.topology.InstanceStatus;
import io.yardmaster.topology.meters.Meters;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** All metrics of one process, from its start to its end. */
public final class Metrics implements AutoCloseable {
    /** What Prometheus is told that it gets. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final InstanceMeters meters = new InstanceMeters(registry);
    private KafkaMeters kafka;

    /**
     * Begins with those of the JVM.
     *
     * @param version of this program
     */
    public Metrics(String version) {
        // Their names are not as Prometheus wants them, and process.cpu.usage says as much.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        Gauge.builder("yardmaster.build.info", () -> 1)
                .description("What runs here; always 1")
                .tag("version", version)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Where the scheduler tells what it does. */
    public Meters meters() {
        return meters;
    }

    /**
     * Shows this instance, too, and dead letters out of these topics from 0 on. To be called once.
     *
     * @param takenTopics those in which nothing may end before it was taken
     */
    public synchronized void show(
            InstanceStatus status, Collection<String> laneTopics, Collection<String> takenTopics) {
        laneTopics.forEach(meters::deadLettersOf);
        StatusMeters.bind(status, takenTopics, registry);
        kafka = new KafkaMeters(status::kafkaMetrics, registry);
    }

    /** {@code GET} on the mount point. */
    public Router router() {
        return new Router().on("GET", "", (request, args) -> Reply.ok(scrape().getBytes(StandardCharsets.UTF_8)));
    }

    /** As of now, in the text format of Prometheus. */
    public synchronized String scrape() {
        if (kafka != null) {
            kafka.read();
        }
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
