package io.yardmaster.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The optional record header {@code yardmaster.expects} of an event: the sender's expectation about the job. If it does not hold
 * when the scheduler reads the event, the event changes nothing and goes to the dead-letter topic, with the state of the job as
 * the reason.
 */
public enum JobExpectation {
    /** The event's session is not over, and the scheduler knows nothing of the job in it. */
    NEW("new"),
    /** The event's session is not over, and the scheduler knows the job. */
    KNOWN("known");

    public static final String HEADER = "yardmaster.expects";

    /** The end of the reason if the job is known and neither a task nor a finalizing task of it waits to be dispatched. */
    public static final String NOTHING_WAITS = "nothing of it waits";

    private final String text;

    JobExpectation(String text) {
        this.text = text;
    }

    /** The header's value. */
    public byte[] encode() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The expectation in the last such header; empty if there is no such header.
     *
     * @throws IllegalArgumentException if the header has another value; the message is a sentence for the sender
     */
    public static Optional<JobExpectation> read(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            return Optional.empty();
        }
        String value = header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        for (JobExpectation expectation : values()) {
            if (expectation.text.equals(value)) {
                return Optional.of(expectation);
            }
        }
        throw new IllegalArgumentException("the header " + HEADER + " is neither new nor known");
    }
}
