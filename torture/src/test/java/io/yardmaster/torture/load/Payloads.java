package io.yardmaster.torture.load;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.TaskFailedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The payloads of stages by which their tasks say how they end. */
public final class Payloads {
    /** Every task succeeds. */
    static final String SUCCEED = "succeed";
    /** Every task succeeds, and takes longer than others. */
    static final String SLOW = "slow";
    /** Every task fails in every attempt. */
    static final String FAIL = "fail";
    /** Every task fails in its first attempt, and succeeds then. */
    static final String FAIL_FIRST = "fail first";
    /** The execution manager decides. */
    static final String ANY = "";

    private Payloads() {}

    static ByteBuffer encode(String payload) {
        return ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether the task is to take longer than others. */
    public static boolean isSlow(Assignment assignment) {
        return text(assignment).equals(SLOW);
    }

    private static String text(Assignment assignment) {
        return StandardCharsets.UTF_8.decode(assignment.payload()).toString();
    }

    /** Returns whether the task is to succeed by its payload; false if the execution manager may decide. */
    public static boolean decides(Assignment assignment) throws TaskFailedException {
        String payload = text(assignment);
        if (payload.equals(FAIL) || (payload.equals(FAIL_FIRST) && assignment.attempt() == 0)) {
            throw new TaskFailedException("failed as it should");
        }
        return !payload.equals(ANY);
    }
}
