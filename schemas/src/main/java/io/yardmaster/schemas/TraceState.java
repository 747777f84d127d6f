package io.yardmaster.schemas;

import java.util.HashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;

/** The trace state of the W3C: one {@code key=value} for each tracing system. */
final class TraceState {
    /** The length that the W3C asks everybody to pass on. A longer state is left out, since it is kept as long as its task waits. */
    private static final int MOST_CHARACTERS = 512;

    private static final int MOST_MEMBERS = 32;

    private static final Pattern MEMBER =
            Pattern.compile("([a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
                    + "=([\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e])");

    private TraceState() {}

    /** The members of all these headers, joined; an empty text if there are none, or they are invalid or too long. */
    static String join(Iterable<Header> headers) {
        StringJoiner joined = new StringJoiner(",");
        Set<String> keys = new HashSet<>();
        for (Header header : headers) {
            if (header.value() == null || header.value().length > MOST_CHARACTERS) {
                return "";
            }
            for (String part : TraceContext.text(header).split(",", -1)) {
                String member = part.strip();
                if (member.isEmpty()) {
                    continue;
                }
                Matcher matcher = MEMBER.matcher(member);
                if (!matcher.matches() || !keys.add(matcher.group(1)) || keys.size() > MOST_MEMBERS) {
                    return "";
                }
                joined.add(member);
            }
        }
        return joined.length() > MOST_CHARACTERS ? "" : joined.toString();
    }
}
