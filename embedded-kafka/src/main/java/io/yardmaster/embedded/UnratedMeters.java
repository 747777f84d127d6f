package io.yardmaster.embedded;

import com.yammer.metrics.core.Metric;
import com.yammer.metrics.core.MetricName;
import com.yammer.metrics.core.MetricsRegistryListener;
import com.yammer.metrics.core.Stoppable;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;

/**
 * Ends the averages of Kafka's meters: each is otherwise computed anew every five seconds, for twenty meters a topic, whether
 * something happens or not. The meters go on counting, and nobody reads the averages of an embedded broker.
 */
final class UnratedMeters implements MetricsRegistryListener {
    static {
        // Kafka has one registry for all brokers of a JVM. It tells a new listener of the meters that it has.
        KafkaYammerMetrics.defaultRegistry().addListener(new UnratedMeters());
    }

    private UnratedMeters() {}

    /** Concerns all brokers of this JVM, also those that come later. Calling it again does nothing. */
    static void install() {
        // The class is initialized by the first call.
    }

    @Override
    public void onMetricAdded(MetricName name, Metric metric) {
        if (metric instanceof Stoppable averages) {
            averages.stop();
        }
    }

    @Override
    public void onMetricRemoved(MetricName name) {}
}
