package io.yardmaster.client;

import io.yardmaster.schemas.OutcomeLimits;

/** Texts for outcomes, none longer than the scheduler takes. */
final class Reasons {
    private static final String MORE = "…";

    private Reasons() {}

    /** The error's message, or its class if it has none. */
    static String of(Exception error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.toString() : message;
    }

    static String shortened(String reason) {
        return shortened(reason, OutcomeLimits.REASON);
    }

    /** Never ends in the middle of a character of two code units. */
    static String shortened(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - MORE.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + MORE;
    }
}
