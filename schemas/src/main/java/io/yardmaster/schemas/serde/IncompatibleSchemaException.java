package io.yardmaster.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refuses a schema for a subject: it breaks the subject's compatibility rule, or the registry cannot parse it. */
public final class IncompatibleSchemaException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public IncompatibleSchemaException(String message) {
        super(message);
    }
}
