package io.yardmaster.connectors.results;

/** Texts that both databases can store. */
final class Texts {
    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** PostgreSQL stores no NUL; an outcome shall not be lost because of one in its reason. */
    static String stored(String text) {
        return text.replace(NUL, REPLACEMENT);
    }
}
