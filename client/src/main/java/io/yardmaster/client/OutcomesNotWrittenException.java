package io.yardmaster.client;

/** Outcomes can never be written: the execution manager stops with this, whose message is one line. */
public final class OutcomesNotWrittenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private OutcomesNotWrittenException(String topic, String why, Throwable cause) {
        super("outcomes cannot be written to topic " + topic + ": " + why, cause);
    }

    static OutcomesNotWrittenException forbidden(String topic, Throwable cause) {
        return new OutcomesNotWrittenException(
                topic,
                "not permitted, an execution manager needs WRITE on topic " + topic + ", unless it sends no outcomes",
                cause);
    }

    static OutcomesNotWrittenException noTopic(String topic, Throwable cause) {
        return new OutcomesNotWrittenException(
                topic,
                "there is no such topic; make it with as many partitions as the lanes (yardmaster topics create), and"
                        + " permit execution managers to WRITE to it, or send no outcomes",
                cause);
    }

    static OutcomesNotWrittenException refused(String topic, Throwable cause) {
        return new OutcomesNotWrittenException(topic, inOneLine(cause), cause);
    }

    /** The text of an error in one line, with the name of an error of the JVM, which says little without it. */
    static String inOneLine(Throwable cause) {
        String text = cause instanceof Error ? cause.toString() : String.valueOf(cause.getMessage());
        return text.replaceAll("\\s+", " ");
    }
}
