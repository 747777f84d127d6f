package io.yardmaster.app.topics;

/** Existing topics cannot be used as they are: trying again does not help. */
public final class TopicShapeException extends TopicsException {
    private static final long serialVersionUID = 1L;

    TopicShapeException(String message) {
        super(message);
    }
}
