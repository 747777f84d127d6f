package io.yardmaster.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * No registry gave an answer: connection refused, time-out, an overloaded or broken server, refused credentials, or an
 * address without a registry. The record itself may be good; the same call can succeed later.
 */
public final class RegistryUnavailableException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
