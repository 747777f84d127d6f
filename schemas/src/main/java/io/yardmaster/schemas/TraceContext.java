package io.yardmaster.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The W3C trace context of a record: its headers {@code traceparent} and {@code tracestate}, in ASCII. The scheduler gives
 * each assignment the context of the event that made its task ready, unchanged, and each event the context of what caused it.
 *
 * @param traceIdHigh the first half of the trace id, of which not all bits are 0
 * @param parentId the span in which the event was made; not 0
 * @param state the trace state, or an empty text
 */
public record TraceContext(long traceIdHigh, long traceIdLow, long parentId, byte flags, String state) {
    public static final String PARENT_HEADER = "traceparent";
    public static final String STATE_HEADER = "tracestate";

    private static final Pattern PARENT =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{16})([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{2})(-)?");

    /** The fields of version 00 and, if a later version has more of them, the dash before those. */
    private static final int MOST_READ = 56;

    private static final String VERSION = "00";
    private static final String INVALID_VERSION = "ff";

    /**
     * Reads the trace context; empty if the headers hold no trace parent, several, or an invalid one. An invalid trace state is
     * left out.
     */
    public static Optional<TraceContext> read(Headers headers) {
        Iterator<Header> parents = headers.headers(PARENT_HEADER).iterator();
        if (!parents.hasNext()) {
            return Optional.empty();
        }
        Header parent = parents.next();
        if (parents.hasNext() || parent.value() == null) {
            return Optional.empty();
        }
        // A producer may send a header of any length.
        int length = Math.min(parent.value().length, MOST_READ);
        Matcher fields = PARENT.matcher(new String(parent.value(), 0, length, StandardCharsets.ISO_8859_1));
        if (!fields.matches() || !isKnown(fields.group(1), fields.group(6))) {
            return Optional.empty();
        }
        TraceContext context = new TraceContext(
                number(fields.group(2)),
                number(fields.group(3)),
                number(fields.group(4)),
                (byte) Integer.parseInt(fields.group(5), 16),
                TraceState.join(headers.headers(STATE_HEADER)));
        boolean traced = (context.traceIdHigh | context.traceIdLow) != 0 && context.parentId != 0;
        return traced ? Optional.of(context) : Optional.empty();
    }

    /** A later version may have more fields; its first four are passed on as version 00. */
    private static boolean isKnown(String version, String more) {
        return version.equals(VERSION) ? more == null : !version.equals(INVALID_VERSION);
    }

    private static long number(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }

    static String text(Header header) {
        return new String(header.value(), StandardCharsets.ISO_8859_1);
    }

    /** The id of the trace, 32 hexadecimal digits. */
    public String traceId() {
        return String.format(Locale.ROOT, "%016x%016x", traceIdHigh, traceIdLow);
    }

    /** The header {@code traceparent}. */
    public String parent() {
        return String.format(Locale.ROOT, "%s-%s-%016x-%02x", VERSION, traceId(), parentId, flags);
    }

    /** Adds the headers. */
    public void addTo(Headers headers) {
        headers.add(PARENT_HEADER, parent().getBytes(StandardCharsets.ISO_8859_1));
        if (!state.isEmpty()) {
            headers.add(STATE_HEADER, state.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
