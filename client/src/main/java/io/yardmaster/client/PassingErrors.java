package io.yardmaster.client;

import io.yardmaster.schemas.serde.RegistryUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells errors that may pass, as a server is away, from those that stay. */
final class PassingErrors {
    private PassingErrors() {}

    /**
     * Our serde throws {@link RegistryUnavailableException}; another may wrap a network error. Avro reports truncated
     * bytes as an end of file.
     */
    static boolean mayPass(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException
                    || cause instanceof RetriableException
                    || (cause instanceof IOException && !(cause instanceof EOFException))) {
                return true;
            }
        }
        return false;
    }
}
