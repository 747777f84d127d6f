package io.yardmaster.client;

import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.Topic;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads kills out of records; skips any other record. */
final class KillReader implements TopicFollower.Reader {
    private static final Logger log = LoggerFactory.getLogger(KillReader.class);

    private final ValueDecoder<Kill> values;
    private final Consumer<Kill> kills;

    KillReader(Map<String, String> settings, Consumer<Kill> kills) {
        this.values = new ValueDecoder<>(Topic.KILLS, settings);
        this.kills = kills;
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> polled) throws RegistryAwayException {
        try {
            kills.accept(values.decode(polled));
        } catch (UnusableRecordException e) {
            log.warn(
                    "skipped {}-{} offset {}: {}", polled.topic(), polled.partition(), polled.offset(), e.getMessage());
        }
    }
}
