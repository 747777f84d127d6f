package io.yardmaster.connectors.event;

/**
 * A value of a column that is neither a number, a text nor a boolean, and so cannot be part of an event.
 *
 * @param type the SQL name of its type
 * @param text for messages
 */
public record OtherValue(String type, String text) {
    @Override
    public String toString() {
        return text;
    }
}
