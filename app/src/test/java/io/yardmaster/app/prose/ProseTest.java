package io.yardmaster.app.prose;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sentence names who does what: comments, messages and documents keep to {@link ProseRules}. */
class ProseTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The decision about names quotes the old ones. */
    private static final Path NAMES = Path.of("docs", "decisions", "0022-one-word-one-meaning.md");

    private static final Set<String> QUOTED = Set.of("Pace", "Board", "Lookout", "Lane partition");

    @Test
    void everySentenceNamesWhoDoesWhat() throws IOException {
        List<String> findings = new ArrayList<>();
        List<Path> files = files();
        for (Path file : files) {
            for (Passage passage : passages(file)) {
                ProseRules.check(passage).stream()
                        .filter(finding -> !isJustified(file, finding))
                        .forEach(finding -> findings.add("%s:%d: %s"
                                .formatted(ROOT.relativize(file), passage.line(finding.offset()), finding.text())));
            }
        }
        assertThat(files).hasSizeGreaterThan(500);
        assertThat(findings)
                .as(findings.stream().collect(joining("\n", "to be written as plain sentences:\n", "\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** What is kept. */",
                "/** Takes a part. Who comes late\n * waits. */",
                "/**\n * A pool.\n *\n * <p>Whoever is late waits.\n */",
                "/** Of the looks at the group. */",
                "/** Whether others must know it. */",
                "/** How long ago it was read. */",
                "/** Where the events of a job lie. */",
                "// That nothing lags behind tells the rest.",
                "// first line\n// goes on. Whatever is left is lost.",
                "f(\"what is given up would be lost\");",
                "f(\"It is over. \" + \"What is\" + \" left is lost.\");",
                "/** Assignments that are out. */",
                "/** The lane partitions. */",
                "Lookout lookout;",
                "/** See {@link LaneDesk}. */",
            })
    void aVagueSentenceOrAnOldNameInJavaIsFound(String source) {
        assertThat(JavaPassages.of(source).stream().flatMap(passage -> ProseRules.check(passage).stream()))
                .as(source)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** A job that joins late waits for the next round. */",
                "/** @param wanted whether others must know it */",
                "/** However late it is. That holds for every execution manager. */",
                "/** Reads what. \"Who comes late?\" is a question. */",
                "String what = \"what\"; // a field's name",
                "f(\"must be one of %s, not \" + \"what is\" + \" wanted\", \"one of\", \"what was dispatched\");",
                "/** A number that is out of range. */",
                "char quote = '\"'; /* code */ LaneOutline x;",
            })
    void aPlainSentenceIsNot(String source) {
        assertThat(JavaPassages.of(source).stream().flatMap(passage -> ProseRules.check(passage).stream()))
                .as(source)
                .isEmpty();
    }

    @Test
    void markdownIsReadByParagraphAndCell() {
        List<String> document =
                """
                # What a heading may say
                Plain. What follows
                is not.

                | what it is | why |
                |---|---|
                | a name | what a cell may not say |

                ```text
                What an output says.
                ```

                **What it does.** It runs.
                - `Lookout` is gone
                - it is
                  not out. Who reads this?
                """
                        .lines()
                        .toList();

        assertThat(MarkdownPassages.of(document).stream().flatMap(passage -> ProseRules.check(passage).stream()
                        .map(finding -> passage.line(finding.offset()) + " " + finding.text())))
                .containsExactly("2 What follows is not.", "7 what a cell may not say", "14 Lookout");
    }

    private static boolean isJustified(Path file, ProseRules.Finding finding) {
        return file.endsWith(NAMES) && QUOTED.contains(finding.text());
    }

    private static List<Passage> passages(Path file) throws IOException {
        return file.toString().endsWith(".java")
                ? JavaPassages.of(Files.readString(file))
                : MarkdownPassages.of(Files.readAllLines(file));
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path sources : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                addTo(files, sources, ".java");
            }
        }
        addTo(files, ROOT.resolve("docs"), ".md");
        return files;
    }

    private static void addTo(List<Path> files, Path folder, String extension) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            below.filter(file -> file.toString().endsWith(extension)).sorted().forEach(files::add);
        }
    }
}
