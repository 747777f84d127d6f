package io.yardmaster.embedded.connect;

/** A database cannot run on this platform, for want of binaries. */
public final class NoBinariesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoBinariesException(String message, Throwable cause) {
        super(message, cause);
    }
}
