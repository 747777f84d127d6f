package io.yardmaster.client;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Tells apart the errors of writing an outcome. */
final class OutcomeErrors {
    private OutcomeErrors() {}

    /** True if it is of use to write the outcome again. */
    static boolean mayPass(Throwable error) {
        boolean settled = has(AuthorizationException.class, error)
                || has(AuthenticationException.class, error)
                || isAbsent(error);
        // The producer has begun a new sequence by the time that it reports a broken one.
        return !settled
                && (PassingErrors.mayPass(error)
                        || has(OutOfOrderSequenceException.class, error)
                        || has(InvalidProducerEpochException.class, error));
    }

    static OutcomesNotWrittenException explained(String topic, Throwable error) {
        if (has(AuthorizationException.class, error)) {
            return OutcomesNotWrittenException.forbidden(topic, error);
        }
        return isAbsent(error)
                ? OutcomesNotWrittenException.noTopic(topic, error)
                : OutcomesNotWrittenException.refused(topic, error);
    }

    /** The producer reports this only after it has asked for the topic as long as {@code max.block.ms} says. */
    private static boolean isAbsent(Throwable error) {
        return has(UnknownTopicOrPartitionException.class, error) || has(InvalidTopicException.class, error);
    }

    private static boolean has(Class<? extends Throwable> type, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
