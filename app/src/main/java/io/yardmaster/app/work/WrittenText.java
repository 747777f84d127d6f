package io.yardmaster.app.work;

import java.nio.charset.Charset;

/**
 * Whether a command can get what was written. Arguments that the locale does not have are refused for all commands; what
 * came from a file of arguments ({@code @FILE}) is not among those.
 */
final class WrittenText {
    /** What Java makes of bytes that it cannot read. */
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
