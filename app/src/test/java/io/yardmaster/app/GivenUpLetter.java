package io.yardmaster.app;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The dead letter that a broker writes for a record that a share group delivered as often as it may. */
public final class GivenUpLetter {
    private GivenUpLetter() {}

    public static ProducerRecord<Long, byte[]> of(String deadLetterTopic, String recordTopic, long job) {
        var letter = new ProducerRecord<>(deadLetterTopic, job, new byte[0]);
        Map.of("topic", recordTopic, "partition", "0", "offset", "5", "group", "other")
                .forEach((name, value) ->
                        letter.headers().add("__dlq.errors." + name, value.getBytes(StandardCharsets.UTF_8)));
        return letter;
    }
}
