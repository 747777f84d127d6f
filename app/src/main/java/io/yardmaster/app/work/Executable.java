package io.yardmaster.app.work;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Programs of this machine. */
final class Executable {
    private Executable() {}

    /** Returns whether there is such a program: at this path, or by this name in one of the directories of PATH. */
    static boolean exists(String program, String path) {
        if (program.contains(File.separator)) {
            return isProgram(Path.of(program));
        }
        return Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(directory -> isProgram(Path.of(directory, program)));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
