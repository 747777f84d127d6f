package io.yardmaster.app.registry;

/** The registry's file is not one; the message is one line that names it. */
public final class RegistryFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
