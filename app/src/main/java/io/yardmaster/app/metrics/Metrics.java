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
import io.yardmaster.topology.policy.PolicySnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Supplier;

/** All metrics of one process, from its start to its end. */
public final class Metrics implements AutoCloseable {
    /** The content type of a scrape. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final InstanceMeters meters;
    private KafkaMeters kafka;
    private PolicyMeters policy;
    private LimitMeters limits;
    private PoolMeters pools;
    private final PlacementGauges placements = new PlacementGauges(registry);

    /**
     * Registers the metrics of the JVM.
     *
     * @param version of this program
     */
    public Metrics(String version) {
        // Their names do not follow the rules of Prometheus, and process.cpu.usage says as much.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        meters = new InstanceMeters(registry);
        Gauge.builder("yardmaster.build.info", () -> 1)
                .description("The version that runs here; always 1")
                .tag("version", version)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** The meters that the scheduler writes to. */
    public Meters meters() {
        return meters;
    }

    /**
     * Adds the metrics of this instance, with the dead letters of the topics that it reads from 0 on. To be called once.
     *
     * @param readTopics topics of which a record can become a dead letter
     * @param takenTopics topics in which no record may end before it was taken
     */
    public synchronized void show(
            InstanceStatus status, Collection<String> readTopics, Collection<String> takenTopics) {
        readTopics.forEach(meters::deadLettersOf);
        StatusMeters.bind(status, takenTopics, registry);
        kafka = new KafkaMeters(status::kafkaMetrics, registry);
    }

    /** Adds the metrics of the policy that is in force. To be called once. */
    public synchronized void showPolicy(Supplier<PolicySnapshot> inForce) {
        policy = new PolicyMeters(inForce, meters::shares, registry);
        limits = new LimitMeters(inForce, meters::limits, registry);
        pools = new PoolMeters(inForce, meters::limits, registry);
        meters.groups().follow(inForce);
    }

    /** {@code GET} on the mount point. */
    public Router router() {
        return new Router().on("GET", "", (request, args) -> Reply.ok(scrape().getBytes(StandardCharsets.UTF_8)));
    }

    /** The present values, in the text format of Prometheus. */
    public synchronized String scrape() {
        if (kafka != null) {
            kafka.read();
        }
        if (policy != null) {
            policy.read();
            limits.read();
            pools.read();
        }
        placements.read(meters.placements());
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
