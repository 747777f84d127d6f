package io.yardmaster.topology.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterParserTest {
    private final ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>(
            "dead-letter", 0, 7, ByteBuffer.allocate(8).putLong(42).array(), new byte[0]);

    private void header(String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLetterOfAShareGroupNamesTheDispatchTopicAndItsJob() {
        header("__dlq.errors.topic", "yard-1.dispatch");
        header("__dlq.errors.partition", "3");
        header("__dlq.errors.offset", "99");
        header("__dlq.errors.group", "ems");
        header("__dlq.errors.delivery.count", "5");
        header("__dlq.errors.message", "too often");
        DeadLetter parsed = DeadLetterParser.parse(letter);
        assertThat(parsed.topic()).isEqualTo("yard-1.dispatch");
        assertThat(parsed.partition()).isEqualTo(3);
        assertThat(parsed.offset()).isEqualTo(99);
        assertThat(parsed.key()).isEqualTo(42);
        assertThat(parsed.reason()).isEqualTo("share group ems gave it up after 5 deliveries: too often");
    }

    @Test
    void aLetterOfTheSchedulerHasItsOwnHeaders() {
        header("yardmaster.source", "yard.ready-2@11");
        header("yardmaster.reason", "no sense");
        DeadLetter parsed = DeadLetterParser.parse(letter);
        assertThat(parsed.topic()).isEqualTo("yard.ready");
        assertThat(parsed.partition()).isEqualTo(2);
        assertThat(parsed.offset()).isEqualTo(11);
        assertThat(parsed.reason()).isEqualTo("no sense");
    }
}
