package io.yardmaster.app.work;

import java.nio.charset.Charset;

/**
 * Checks that a command can get a line as it was written. The program refuses arguments with characters that the locale does
 * not have, but does not see those of a file of arguments ({@code @FILE}).
 */
final class WrittenText {
    /** Java decodes bytes that it cannot read to this character. */
    private static final char UNREADABLE = '\ufffd';

    private WrittenText() {}

    /** @throws IllegalArgumentException if this line would reach a program as other bytes than its user wrote */
    static void requireExact(String line) {
        requireExact(line, Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    }

    static void requireExact(String line, Charset passed) {
        if (line.indexOf(UNREADABLE) >= 0 || !passed.newEncoder().canEncode(line)) {
            throw new IllegalArgumentException(
                    "'%s' cannot be passed on as it was written, as the locale's charset is %s: "
                                    .formatted(line, passed)
                            + "set LC_ALL to one with UTF-8, such as C.UTF-8");
        }
    }
}
