package io.yardmaster.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry does not hold a schema under a subject, and {@code auto.register.schemas} is off. */
public final class UnregisteredSchemaException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public UnregisteredSchemaException(String message) {
        super(message);
    }
}
