package io.yardmaster.app.storage;

/** A newer session has begun, and jobs that were submitted in an older one are void. */
public final class SessionOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SessionOverException(long session, long newer) {
        super(
                "session %s is over, as session %s has begun: jobs that were not done are void and have to be submitted again"
                        .formatted(session, newer));
    }
}
