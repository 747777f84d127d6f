package io.yardmaster.topology.window;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Tells the {@link DispatchWindow} what Streams' producers send to the dispatch topic and at which offset it lands. */
public final class WindowInterceptor implements ProducerInterceptor<byte[], byte[]> {
    /** Producer settings that hold the window itself and the topic's name. */
    public static final String WINDOW = "yardmaster.window";

    public static final String TOPIC = "yardmaster.window.topic";

    /** By dispatch partition: of which lanes the assignments are that are on their way; acknowledged in this order. */
    private final Map<Integer, Queue<LaneView>> onTheirWay = new HashMap<>();

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
            LaneView lane = window.sent(record.partition());
            synchronized (onTheirWay) {
                onTheirWay
                        .computeIfAbsent(record.partition(), p -> new ArrayDeque<>())
                        .add(lane);
            }
        }
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        if (!metadata.topic().equals(topic)) {
            return;
        }
        PartitionView view;
        synchronized (onTheirWay) {
            view = onTheirWay.get(metadata.partition()).remove().partition(metadata.partition());
        }
        if (exception == null) {
            view.acknowledged(metadata.offset());
        } else {
            view.failed();
        }
    }

    @Override
    public void close() {}
}
