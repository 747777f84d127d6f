package io.yardmaster.topology;

import org.apache.kafka.common.errors.RetriableException;

/** The broker refused a dead letter for its size. A retry makes a smaller one, see {@link DeadLetterLimit}. */
final class DeadLetterRefusedException extends RetriableException {
    private static final long serialVersionUID = 1L;

    DeadLetterRefusedException(Throwable refusal) {
        super("a dead letter was too large for the broker and will be shortened: " + refusal.getMessage(), refusal);
    }
}
