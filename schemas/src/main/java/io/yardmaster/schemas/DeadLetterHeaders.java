package io.yardmaster.schemas;

/**
 * The headers that the scheduler adds to a dead letter, texts in UTF-8, besides {@link Topic#REASON_HEADER}. A part of the
 * record that made the letter larger than a record may be is left out, and a header says how large it was.
 */
public final class DeadLetterHeaders {
    /** Where the refused record lies: {@code topic-partition@offset}. */
    public static final String SOURCE = "yardmaster.source";

    /** The timestamp of the refused record, in milliseconds since 1970. */
    public static final String TIMESTAMP = "yardmaster.timestamp";

    /** There if the value was left out: its bytes, in decimal digits. */
    public static final String VALUE_BYTES = "yardmaster.value.bytes";

    /** There if the record's own headers were left out: the bytes of their names and values. */
    public static final String HEADERS_BYTES = "yardmaster.headers.bytes";

    /** There if the key was left out: its bytes. */
    public static final String KEY_BYTES = "yardmaster.key.bytes";

    private DeadLetterHeaders() {}
}
