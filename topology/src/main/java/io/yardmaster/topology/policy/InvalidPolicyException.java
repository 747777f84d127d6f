package io.yardmaster.topology.policy;

/** An entry of the policy, or its key, is not allowed; the message is one line. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidPolicyException(String message) {
        super(message);
    }
}
