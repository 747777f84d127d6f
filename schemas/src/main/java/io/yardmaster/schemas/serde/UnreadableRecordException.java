package io.yardmaster.schemas.serde;

import java.io.EOFException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The record itself is bad and stays bad: too short, a wrong magic byte, a schema id that the registry does not know, a
 * body that does not decode, bytes left over, or a schema that cannot be resolved to the reader's. It may go to the
 * dead-letter topic.
 */
public final class UnreadableRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String message) {
        super(message);
    }

    public UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    /** An exception with this message and the failure's own words in one line. */
    static UnreadableRecordException because(String message, Throwable failure) {
        return new UnreadableRecordException(message + ": " + reason(failure), failure);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof EOFException) {
            return "it ends too early";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }
}
