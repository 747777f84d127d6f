package io.yardmaster.topology.window;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Tells the {@link DispatchWindow} what Streams' producers send to the dispatch topic and at which offset it lands. */
public final class WindowInterceptor implements ProducerInterceptor<byte[], byte[]> {
    /** Producer settings that hold the window itself and the topic's name. */
    public static final String WINDOW = "yardmaster.window";

    public static final String TOPIC = "yardmaster.window.topic";

    private DispatchWindow window;
    private String topic;

    @Override
    public void configure(Map<String, ?> settings) {
        window = (DispatchWindow) settings.get(WINDOW);
        topic = (String) settings.get(TOPIC);
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topic)) {
            window.sent(record.partition());
        }
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        if (!metadata.topic().equals(topic)) {
            return;
        }
        if (exception == null) {
            window.acknowledged(metadata.partition(), metadata.offset());
        } else {
            window.failed(metadata.partition());
        }
    }

    @Override
    public void close() {}
}
