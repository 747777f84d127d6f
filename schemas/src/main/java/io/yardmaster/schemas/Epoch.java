package io.yardmaster.schemas;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The record header {@code epoch}: the storage session under which a record was written, 8 bytes big-endian. */
public final class Epoch {
    public static final String HEADER = "epoch";

    private Epoch() {}

    public static byte[] encode(long session) {
        return ByteBuffer.allocate(Long.BYTES).putLong(session).array();
    }

    /** The session in the last such header; empty if there is none or it is not 8 bytes long. */
    public static OptionalLong read(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != Long.BYTES) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(ByteBuffer.wrap(header.value()).getLong());
    }
}
