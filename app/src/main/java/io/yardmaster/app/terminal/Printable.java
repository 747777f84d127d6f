package io.yardmaster.app.terminal;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text from elsewhere (a name, a reason, a setting) safe to look at. Characters that move the cursor, turn the direction
 * of later text, or are not seen at all are written as escapes, <code>&#92;u202e</code> say: so no text looks like another,
 * or like output of this program. In JSON the escapes mean the characters themselves.
 */
public final class Printable {
    private static final String UNSEEN = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}";
    private static final Pattern IN_A_LINE = Pattern.compile("[" + UNSEEN + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + UNSEEN + "&&[^\n\t]]");
    private static final HexFormat HEX = HexFormat.of();

    private Printable() {}

    /** The text as one line. */
    public static String line(String text) {
        return escaped(text, IN_A_LINE);
    }

    /** The text with its line breaks and tabs. */
    public static String lines(String text) {
        return escaped(text, IN_LINES);
    }

    private static String escaped(String text, Pattern pattern) {
        Matcher unseen = pattern.matcher(text);
        return unseen.find() ? unseen.replaceAll(found -> Matcher.quoteReplacement(escape(found.group()))) : text;
    }

    private static String escape(String unseen) {
        StringBuilder escape = new StringBuilder();
        unseen.chars().forEach(unit -> escape.append("\\u").append(HEX.toHexDigits((char) unit)));
        return escape.toString();
    }
}
