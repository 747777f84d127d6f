package io.yardmaster.topology.window;

import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/**
 * Puts each assignment where the {@link DispatchWindow} wants it, and every other record where its key says. It is one of
 * the producer, since a partitioner of the topology costs a look-up of the topic's metadata for each record.
 */
public final class DispatchPartitioner implements Partitioner {
    private DispatchWindow window;
    private String topic;

    /** Takes the same settings as {@link WindowInterceptor}. */
    @Override
    public void configure(Map<String, ?> settings) {
        window = (DispatchWindow) settings.get(WindowInterceptor.WINDOW);
        topic = (String) settings.get(WindowInterceptor.TOPIC);
    }

    @Override
    public int partition(
            String ofTopic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        if (ofTopic.equals(topic)) {
            return window.place();
        }
        byte[] bytes = keyBytes != null ? keyBytes : valueBytes;
        return bytes == null ? 0 : Utils.toPositive(Utils.murmur2(bytes)) % cluster.partitionCountForTopic(ofTopic);
    }

    @Override
    public void close() {}
}
