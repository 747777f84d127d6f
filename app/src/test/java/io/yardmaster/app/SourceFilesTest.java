package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The properties of source files on which a reader of any module may rely. */
class SourceFilesTest {
    private static final Path HOME = Path.of("..");
    private static final Set<String> OF_EACH_PACKAGE = Set.of("package-info.java", "module-info.java");
    private static final int MOST_LINES = 350;

    /** A sorted run of lines, a run of a planner. */
    private static final Set<String> ALSO_PLAIN_ENGLISH = Set.of("run");

    private static final Pattern NESTED =
            Pattern.compile("(?m)^ {4,}(?:[a-z-]+ )*(?:class|record|interface|enum) ([A-Z]\\w*)");
    private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private static List<Path> sources;

    @BeforeAll
    static void find() throws IOException {
        sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(HOME)) {
            for (Path module : modules.filter(Files::isDirectory).sorted().toList()) {
                Path source = module.resolve("src");
                if (Files.isDirectory(source)) {
                    try (Stream<Path> files = Files.walk(source)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        assertThat(sources).as("Java files").hasSizeGreaterThan(500);
    }

    @Test
    void noTwoClassesHaveTheSameSimpleName() {
        Map<String, List<Path>> byName = sources.stream()
                .filter(file -> !OF_EACH_PACKAGE.contains(file.getFileName().toString()))
                .collect(Collectors.groupingBy(
                        file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));
        byName.values().removeIf(files -> files.size() == 1);

        assertThat(byName).isEmpty();
    }

    /** A reader of {@code Stage} means the class that the glossary means. */
    @Test
    void noNestedTypeOfMainCodeTakesTheNameOfAClassThatIsAWordOfTheGlossary() throws IOException {
        Set<String> words = Files.readAllLines(HOME.resolve("docs/glossary.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" \\| ", 2)[0].substring(2))
                .collect(Collectors.toSet());
        words.removeAll(ALSO_PLAIN_ENGLISH);
        Set<String> classes = sources.stream()
                .filter(SourceFilesTest::isMain)
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .filter(name -> words.contains(
                        WORD_BOUNDARY.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        assertThat(classes).contains("Job", "Stage", "Pool", "Shape");
        Map<Path, String> confusing = new TreeMap<>();
        for (Path file : sources) {
            if (isMain(file)) {
                NESTED.matcher(Files.readString(file))
                        .results()
                        .map(type -> type.group(1))
                        .filter(classes::contains)
                        .forEach(name -> confusing.put(file, name));
            }
        }

        assertThat(confusing).isEmpty();
    }

    @Test
    void everyPackageSaysWhatLivesThere() {
        Set<Path> without = new TreeSet<>();
        for (Path file : sources) {
            Path folder = file.getParent();
            if (isMain(file) && !Files.exists(folder.resolve("package-info.java"))) {
                without.add(folder);
            }
        }

        assertThat(without).as("packages without package-info.java").isEmpty();
    }

    @Test
    void noFileIsTooLongToBeReadInOneGo() throws IOException {
        Map<Path, Integer> tooLong = new TreeMap<>();
        for (Path file : sources) {
            int lines = Files.readAllLines(file).size();
            if (isMain(file) && lines > MOST_LINES) {
                tooLong.put(file, lines);
            }
        }

        assertThat(tooLong)
                .as("files of more than %s lines".formatted(MOST_LINES))
                .isEmpty();
    }

    private static boolean isMain(Path file) {
        return HOME.relativize(file).subpath(1, 3).equals(Path.of("src", "main"));
    }
}
