package io.yardmaster.client;

import org.apache.kafka.common.errors.AuthorizationException;

/** The scheduler can never hear of this host: the execution manager stops with this, whose message is one line. */
public final class HeartbeatsNotWrittenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HeartbeatsNotWrittenException(String topic, Throwable cause) {
        super("heartbeats cannot be written to topic " + topic + ": " + why(topic, cause), cause);
    }

    private static String why(String topic, Throwable cause) {
        return cause instanceof AuthorizationException
                ? "not permitted, a host needs WRITE on topic " + topic
                : OutcomesNotWrittenException.inOneLine(cause);
    }
}
