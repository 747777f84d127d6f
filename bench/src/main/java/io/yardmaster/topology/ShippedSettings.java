package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.WindowInterceptor;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams and its clients with which the scheduler runs, for other topologies to run with the
 * same. In the scheduler's own package, because nobody but a benchmark should want them.
 */
public final class ShippedSettings {
    private ShippedSettings() {}

    /** All of them but what has to do with the scheduler's own dispatch window. */
    public static Properties of(SchedulerConfig config) {
        DispatchWindow window = new DispatchWindow(1, System::nanoTime);
        Properties settings = StreamsSettings.of(config, window);
        settings.remove(StreamsConfig.producerPrefix(ProducerConfig.PARTITIONER_CLASS_CONFIG));
        settings.remove(StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG));
        settings.remove(StreamsConfig.producerPrefix(WindowInterceptor.WINDOW));
        settings.remove(StreamsConfig.producerPrefix(WindowInterceptor.TOPIC));
        return settings;
    }
}
