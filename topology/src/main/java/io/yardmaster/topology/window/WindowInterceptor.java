package io.yardmaster.topology.window;

import io.yardmaster.schemas.Epoch;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;

/** Tells the {@link DispatchWindow} at which offset each assignment landed that Streams' producers have sent. */
public final class WindowInterceptor implements ProducerInterceptor<byte[], byte[]> {
    /** Producer settings that hold the window itself and the topic's name. */
    public static final String WINDOW = "yardmaster.window";

    public static final String TOPIC = "yardmaster.window.topic";

    private String topic;

    @Override
    public void configure(Map<String, ?> settings) {
        topic = (String) settings.get(TOPIC);
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    /**
     * Of what failed before it had a partition, nothing was counted; of what failed with one but unsent, the count stays
     * until the stream task is opened again, which such a failure brings about.
     */
    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception, Headers headers) {
        if (!metadata.topic().equals(topic)
                || metadata.partition() == RecordMetadata.UNKNOWN_PARTITION
                || !(headers.lastHeader(Epoch.HEADER) instanceof LaneHeader stamp)) {
            return;
        }
        PartitionView view = stamp.lane().partition(metadata.partition());
        if (exception == null) {
            view.acknowledged(metadata.offset());
        } else {
            view.failed();
        }
    }

    @Override
    public void close() {}
}
