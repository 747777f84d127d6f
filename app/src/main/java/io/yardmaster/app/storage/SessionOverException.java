package io.yardmaster.app.storage;

/** A newer session has begun, and what was submitted in an older one is void. */
public final class SessionOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SessionOverException(long session, long newer) {
        super(
                "session %s is over, as session %s has begun: what was not done in it is void and has to be submitted again"
                        .formatted(session, newer));
    }
}
