package io.yardmaster.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the lines that a run without faults does not write: warnings and errors of our own classes, and stack traces of any. Kafka's
 * classes warn, and call it an error, when the machine pauses for seconds.
 */
public final class LogAlarms {
    private static final Path HOME = Path.of("..");
    private static final String ENDING = ".java";
    /** The log has the simple names of classes; no two of ours have the same. */
    private static final Pattern LINE = Pattern.compile("\\S+ (?:WARN|ERROR) +(\\w+)(?:\\$\\w+)*: .*");

    private LogAlarms() {}

    public static List<String> in(String log) throws IOException {
        Set<String> ours = ours();
        return log.lines()
                .filter(line -> {
                    Matcher logged = LINE.matcher(line);
                    return line.startsWith("\tat ") || (logged.matches() && ours.contains(logged.group(1)));
                })
                .toList();
    }

    private static Set<String> ours() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> modules = Files.list(HOME)) {
            for (Path module : modules.toList()) {
                Path source = module.resolve("src/main/java");
                if (Files.isDirectory(source)) {
                    try (Stream<Path> files = Files.walk(source)) {
                        files.map(file -> file.getFileName().toString())
                                .filter(name -> name.endsWith(ENDING))
                                .forEach(name -> names.add(name.substring(0, name.length() - ENDING.length())));
                    }
                }
            }
        }
        assertThat(names).as("our classes").hasSizeGreaterThan(300);
        return names;
    }
}
