package io.yardmaster.topology;

import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;

/** The part of an offer that its assignments have in common, in the bytes that the state keeps. */
final class AssignmentEnvelope {
    private static final byte LAYOUT = 1;

    private final Instant readyAt;
    private final long timeoutMs;
    private final byte[] trace;
    private final byte[] payload;

    private AssignmentEnvelope(Instant readyAt, long timeoutMs, byte[] trace, byte[] payload) {
        this.readyAt = readyAt;
        this.timeoutMs = timeoutMs;
        this.trace = trace;
        this.payload = payload;
    }

    static byte[] encode(Offer offer, Headers headers) {
        String packed = PackedTrace.of(headers);
        byte[] trace = packed == null ? new byte[0] : packed.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = offer.getPayload().duplicate();
        return ByteBuffer.allocate(1 + 2 * Long.BYTES + Integer.BYTES + trace.length + payload.remaining())
                .put(LAYOUT)
                .putLong(offer.getReadyAt().toEpochMilli())
                .putLong(offer.getTimeoutMs())
                .putInt(trace.length)
                .put(trace)
                .put(payload)
                .array();
    }

    static AssignmentEnvelope decode(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        byte layout = bytes.get();
        if (layout != LAYOUT) {
            throw new IllegalStateException("a stored offer has layout " + layout + ", this version knows " + LAYOUT);
        }
        Instant readyAt = Instant.ofEpochMilli(bytes.getLong());
        long timeout = bytes.getLong();
        byte[] trace = new byte[bytes.getInt()];
        bytes.get(trace);
        return new AssignmentEnvelope(
                readyAt, timeout, trace, Arrays.copyOfRange(stored, bytes.position(), stored.length));
    }

    Instant readyAt() {
        return readyAt;
    }

    long timeoutMs() {
        return timeoutMs;
    }

    ByteBuffer payload() {
        return payload.length == 0 ? Payload.NONE : ByteBuffer.wrap(payload);
    }

    void addTraceTo(Headers headers) {
        if (trace.length > 0) {
            PackedTrace.unpack(new String(trace, StandardCharsets.UTF_8)).addTo(headers);
        }
    }
}
