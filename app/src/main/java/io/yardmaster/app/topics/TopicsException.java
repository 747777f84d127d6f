package io.yardmaster.app.topics;

/** The topics are not as they must be, or Kafka cannot be asked; one line for each thing that is wrong. */
public class TopicsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicsException(String message) {
        super(message);
    }

    TopicsException(String message, Throwable cause) {
        super(message, cause);
    }
}
