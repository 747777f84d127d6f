package io.yardmaster.core.graph;

import java.util.Locale;

/** The graph makes no sense; the message is a sentence without a full stop. */
final class GraphRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    private GraphRefusedException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** The reason is formatted as by {@link String#format}. */
    static GraphRefusedException because(String format, Object... values) {
        return new GraphRefusedException(String.format(Locale.ROOT, format, values));
    }

    String reason() {
        return reason;
    }
}
