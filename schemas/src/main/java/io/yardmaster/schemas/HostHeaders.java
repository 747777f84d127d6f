package io.yardmaster.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/**
 * The record headers of an assignment for one host: {@code host}, its name in UTF-8, and {@code incarnation}, 8 bytes big-endian. A
 * host tells by them, before it reads the value, whether an assignment in its partition is its own. A record without a value, and with two more
 * headers, says that the incarnation is over.
 */
public final class HostHeaders {
    public static final String HOST = "host";
    public static final String INCARNATION = "incarnation";
    public static final String REPLACED = "replaced";
    public static final String NEWEST = "newest";

    private HostHeaders() {}

    /** Says for which host an assignment is. */
    public static void addTo(Headers headers, String host, long incarnation) {
        headers.add(HOST, host.getBytes(StandardCharsets.UTF_8));
        headers.add(INCARNATION, bytes(incarnation));
    }

    /**
     * Says, in a record without a value, that an incarnation is over.
     *
     * @param replaced whether a newer one has its name and is alive
     * @param newest the newest one with its name, above which the host must start; 8 bytes big-endian
     */
    public static void addEnd(Headers headers, boolean replaced, long newest) {
        headers.add(REPLACED, new byte[] {(byte) (replaced ? 1 : 0)});
        headers.add(NEWEST, bytes(newest));
    }

    /** True if such a record says that a newer incarnation has the name. */
    public static boolean isReplaced(Headers headers) {
        return equal(headers.lastHeader(REPLACED), new byte[] {1});
    }

    /** The newest incarnation that such a record says; empty if it says none, as those of older schedulers. */
    public static OptionalLong newest(Headers headers) {
        Header header = headers.lastHeader(NEWEST);
        return header == null || header.value() == null || header.value().length != Long.BYTES
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(header.value()).getLong());
    }

    /** True if an assignment is for this incarnation of the host. */
    public static boolean name(Headers headers, String host, long incarnation) {
        return equal(headers.lastHeader(HOST), host.getBytes(StandardCharsets.UTF_8))
                && equal(headers.lastHeader(INCARNATION), bytes(incarnation));
    }

    /** True if an assignment is for some host, so that no member of a group may run it. */
    public static boolean nameAny(Headers headers) {
        return headers.lastHeader(HOST) != null;
    }

    /**
     * The partition of its pool's dispatch topic that a host reads unless somebody chose another one.
     *
     * @param partitions of that topic, 1 or more
     */
    public static int partitionOf(String host, int partitions) {
        return Utils.toPositive(Utils.murmur2(host.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private static boolean equal(Header header, byte[] value) {
        return header != null && Arrays.equals(header.value(), value);
    }

    private static byte[] bytes(long incarnation) {
        return ByteBuffer.allocate(Long.BYTES).putLong(incarnation).array();
    }
}
