package io.yardmaster.topology;

import io.yardmaster.core.values.Decision;
import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A refused record in its envelope. While it is too large, the largest of key, value and headers is left out and a
 * header gives the size of the omitted part.
 */
final class DeadLetterRecord {
    /** Bounds the reason, because an exception of a serde may quote the whole record. */
    static final int LONGEST_REASON = 1_000;

    /**
     * Maximum number of bytes that the wire format adds to a record that is alone in its batch, and to each of its
     * headers.
     */
    private static final int RECORD_OVERHEAD = 128;

    private static final int HEADER_OVERHEAD = 10;

    private final String source;
    private final String reason;
    private final List<Header> own = new ArrayList<>();
    private byte[] key;
    private byte[] value;
    private Headers headers;

    private DeadLetterRecord(ErrorHandlerContext context, long timestamp, byte[] key, byte[] value, String reason) {
        this.source = DeadLetterHeaders.position(context.topic(), context.partition(), context.offset());
        this.reason = oneLine(reason);
        this.key = key;
        this.value = value;
        this.headers = context.headers();
        add(Topic.REASON_HEADER, this.reason);
        add(DeadLetterHeaders.SOURCE, source);
        add(DeadLetterHeaders.TIMESTAMP, String.valueOf(timestamp));
    }

    /**
     * Makes a letter at most as large as the limit, if that is {@link DeadLetterLimit#LEAST} or more. It has no
     * timestamp of the refused record, so that the topic keeps it as long as other letters that come now.
     */
    static ProducerRecord<byte[], byte[]> of(
            String topic,
            ErrorHandlerContext context,
            long timestamp,
            byte[] key,
            byte[] value,
            String reason,
            int limit) {
        DeadLetterRecord letter = new DeadLetterRecord(context, timestamp, key, value, reason);
        while (letter.size() > limit && letter.leaveOutTheLargest()) {}
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, letter.key, letter.value);
        if (letter.headers != null) {
            letter.headers.forEach(record.headers()::add);
        }
        letter.own.forEach(record.headers()::add);
        return record;
    }

    /** A letter without a value, for a graph of which further parts never came: its origin is the last part that did. */
    static Record<Object, SpecificRecord> late(String topic, int partition, Decision.GraphRefused refused, long now) {
        Record<Object, SpecificRecord> letter = new Record<>(JobPartition.key(refused.job()), null, now);
        letter.headers().add(header(Topic.REASON_HEADER, oneLine(refused.reason())));
        letter.headers()
                .add(header(
                        DeadLetterHeaders.SOURCE, DeadLetterHeaders.position(topic, partition, refused.lastPart())));
        return letter;
    }

    /** Upper bound of a record's size on the wire, alone in its batch and not compressed. */
    static int size(ProducerRecord<byte[], byte[]> record) {
        return RECORD_OVERHEAD + length(record.key()) + length(record.value()) + size(record.headers());
    }

    private int size() {
        return RECORD_OVERHEAD + length(key) + length(value) + size(headers) + size(own);
    }

    private boolean leaveOutTheLargest() {
        int ofHeaders = size(headers);
        if (length(value) >= Math.max(length(key), ofHeaders) && value != null) {
            add(DeadLetterHeaders.VALUE_BYTES, String.valueOf(value.length));
            value = null;
        } else if (ofHeaders >= length(key) && ofHeaders > 0) {
            add(DeadLetterHeaders.HEADERS_BYTES, String.valueOf(content(headers)));
            headers = null;
        } else if (key != null) {
            add(DeadLetterHeaders.KEY_BYTES, String.valueOf(key.length));
            key = null;
        } else {
            return false;
        }
        return true;
    }

    private void add(String header, String text) {
        own.add(header(header, text));
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String oneLine(String reason) {
        String line = reason.replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static int size(Iterable<Header> headers) {
        int size = 0;
        if (headers != null) {
            for (Header header : headers) {
                size += HEADER_OVERHEAD + content(header);
            }
        }
        return size;
    }

    private static int content(Iterable<Header> headers) {
        int content = 0;
        for (Header header : headers) {
            content += content(header);
        }
        return content;
    }

    private static int content(Header header) {
        return header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
    }
}
