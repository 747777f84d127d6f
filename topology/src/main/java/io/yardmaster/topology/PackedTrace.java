package io.yardmaster.topology;

import io.yardmaster.schemas.TraceContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/** The trace context of an event as the scheduler stores it: 25 characters up to 0xFF, and the trace state. */
final class PackedTrace {
    private static final int FIXED = 3 * Long.BYTES + 1;

    private PackedTrace() {}

    /** Null if the headers have no valid trace context. */
    static String of(Headers headers) {
        return TraceContext.read(headers).map(PackedTrace::pack).orElse(null);
    }

    static String pack(TraceContext trace) {
        byte[] fixed = ByteBuffer.allocate(FIXED)
                .putLong(trace.traceIdHigh())
                .putLong(trace.traceIdLow())
                .putLong(trace.parentId())
                .put(trace.flags())
                .array();
        return new String(fixed, StandardCharsets.ISO_8859_1) + trace.state();
    }

    static TraceContext unpack(String packed) {
        ByteBuffer fixed = ByteBuffer.wrap(packed.substring(0, FIXED).getBytes(StandardCharsets.ISO_8859_1));
        return new TraceContext(
                fixed.getLong(), fixed.getLong(), fixed.getLong(), fixed.get(), packed.substring(FIXED));
    }
}
