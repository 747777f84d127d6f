package io.yardmaster.topology.views;

import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads the headers of a dead letter: the scheduler's, or those of a broker that gave up a share group's record. */
final class DeadLetterParser {
    private static final Pattern SOURCE = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");
    /** Bounds what other writers of the topic may put into a header. */
    private static final int MOST_CHARACTERS = 1_000;

    private static final String BROKER = "__dlq.errors.";

    private DeadLetterParser() {}

    static DeadLetter parse(ConsumerRecord<byte[], byte[]> letter) {
        String group = text(letter, BROKER + "group", null);
        String source = group == null
                ? text(letter, DeadLetterHeaders.SOURCE, "")
                : text(letter, BROKER + "topic", "") + "-" + text(letter, BROKER + "partition", "") + "@"
                        + text(letter, BROKER + "offset", "");
        Matcher matcher = SOURCE.matcher(source);
        boolean known = matcher.matches();
        return new DeadLetter(
                letter.timestamp(),
                known ? matcher.group(1) : null,
                known ? Integer.valueOf(matcher.group(2)) : null,
                known ? Long.valueOf(matcher.group(3)) : null,
                letter.key() == null || letter.key().length != Long.BYTES
                        ? null
                        : ByteBuffer.wrap(letter.key()).getLong(),
                group == null ? text(letter, Topic.REASON_HEADER, "unknown") : givenUp(letter, group),
                new DeadLetter.Place(letter.partition(), letter.offset()));
    }

    private static String givenUp(ConsumerRecord<byte[], byte[]> letter, String group) {
        String deliveries = text(letter, BROKER + "delivery.count", "some");
        return "share group " + group + " gave it up after " + deliveries + " deliveries: "
                + text(letter, BROKER + "message", "unknown");
    }

    private static String text(ConsumerRecord<?, ?> letter, String name, String otherwise) {
        Header header = letter.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return otherwise;
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
