package io.yardmaster.app.work;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a command gets the arguments that were written. In a locale such as C Java reads each byte of {@code ö} on its
 * command line as a question mark, or as no character, and writes it as a question mark.
 */
final class WrittenText {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final char UNREADABLE = '\ufffd';

    private WrittenText() {}

    /** @throws IllegalArgumentException if this line would reach a program as other bytes than its user wrote */
    static void requireExact(String line) {
        requireExact(line, Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")), ownArguments());
    }

    static void requireExact(String line, Charset passed, List<byte[]> arguments) {
        boolean exact = passed.newEncoder().canEncode(line)
                && arguments.stream().noneMatch(argument -> isMisread(argument, line, passed));
        if (!exact) {
            throw new IllegalArgumentException(
                    "'%s' cannot be passed on as it was written, as the locale's charset is %s: "
                                    .formatted(line, passed)
                            + "set LC_ALL to one with UTF-8, such as C.UTF-8");
        }
    }

    /** Whether the line was read from this argument, and is not what the argument says. */
    private static boolean isMisread(byte[] argument, String line, Charset passed) {
        String read = new String(argument, passed).replace(UNREADABLE, '?');
        if (!read.endsWith(line.replace(UNREADABLE, '?'))) {
            return false;
        }
        byte[] written = line.getBytes(passed);
        int from = argument.length - written.length;
        return from < 0 || !Arrays.equals(written, Arrays.copyOfRange(argument, from, argument.length));
    }

    /** As bytes; none where the system does not tell. */
    private static List<byte[]> ownArguments() {
        List<byte[]> arguments = new ArrayList<>();
        try {
            ByteArrayOutputStream argument = new ByteArrayOutputStream();
            for (byte next : Files.readAllBytes(COMMAND_LINE)) {
                if (next == 0) {
                    arguments.add(argument.toByteArray());
                    argument.reset();
                } else {
                    argument.write(next);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return arguments;
    }
}
