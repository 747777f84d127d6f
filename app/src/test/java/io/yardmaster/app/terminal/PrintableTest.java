package io.yardmaster.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @ParameterizedTest
    @CsvSource({
        "202e, \\u202e", // right to left, for all later text
        "2067, \\u2067",
        "061c, \\u061c",
        "200b, \\u200b", // no width at all
        "feff, \\ufeff",
        "1b, \\u001b",
        "9b, \\u009b", // the same as escape and [, to some terminals
        "7f, \\u007f",
        "0a, \\u000a",
        "2028, \\u2028",
        "d800, \\ud800", // half of a character
        "e0041, \\udb40\\udc41" // a letter that is not seen
    })
    void invisibleAndSteeringCharactersAreEscaped(String codePoint, String escaped) {
        String text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";
        assertThat(Printable.line(text)).isEqualTo("a" + escaped + "b");
    }

    @Test
    void allElseIsAsItWas() {
        String text = "größe $1 \\ 日本語 שלום 😀 e\u0301 \u00a0";
        assertThat(Printable.line(text)).isSameAs(text);
        assertThat(Printable.lines(text + "\n\tnext")).isEqualTo(text + "\n\tnext");
        assertThat(Printable.lines("a\r\u202eb")).isEqualTo("a\\u000d\\u202eb");
    }

    @Test
    void aWriterEscapesHoweverItIsWrittenTo() {
        StringWriter written = new StringWriter();
        PrintableWriter out = new PrintableWriter(new PrintWriter(written));
        out.print("\u202e");
        out.println("\u202e");
        out.printf("%s", "\u202e");
        out.write('\u202e');
        out.append("\u202e").append('\u202e');
        out.print(new char[] {'\u202e'});
        PrintableWriter.steer(out, "\u001b[J");
        out.flush();
        String e = "\\u202e";
        assertThat(written).hasToString(e + e + System.lineSeparator() + e + e + e + e + e + "\u001b[J");
    }
}
