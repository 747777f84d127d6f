package io.yardmaster.schemas;

/**
 * The headers that the scheduler adds to a dead letter besides {@link Topic#REASON_HEADER}, as texts in UTF-8. If the dead
 * letter would be too large, the scheduler leaves out parts of the record, and a header says how large each was.
 */
public final class DeadLetterHeaders {
    /** The position of the refused record: {@code topic-partition@offset}. Events that answer a command have this header, too. */
    public static final String SOURCE = "yardmaster.source";

    /** The timestamp of the refused record, in milliseconds since 1970. */
    public static final String TIMESTAMP = "yardmaster.timestamp";

    /** Present if the value was left out: its bytes, in decimal digits. */
    public static final String VALUE_BYTES = "yardmaster.value.bytes";

    /** Present if the record's own headers were left out: the bytes of their names and values, in decimal digits. */
    public static final String HEADERS_BYTES = "yardmaster.headers.bytes";

    /** Present if the key was left out: its bytes, in decimal digits. */
    public static final String KEY_BYTES = "yardmaster.key.bytes";

    private DeadLetterHeaders() {}

    /** The position of a record, as {@link #SOURCE} has it. */
    public static String position(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }
}
