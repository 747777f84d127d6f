package io.yardmaster.app.prose;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sentence names who does what: comments, messages, documents and descriptions keep to {@link ProseRules}. */
class ProseTest {
    /** The decision about names quotes the old ones. */
    private static final Path NAMES = Path.of("docs", "decisions", "0022-one-word-one-meaning.md");

    private static final Set<String> QUOTED = Set.of("Pace", "Board", "Lookout", "Lane partition");

    @Test
    void everySentenceNamesWhoDoesWhat() throws IOException {
        List<String> findings = new ArrayList<>();
        Map<Path, List<Passage>> files = ProseFiles.read();
        files.forEach((file, passages) -> passages.forEach(passage -> ProseRules.check(passage).stream()
                .filter(finding -> !isJustified(file, finding))
                .forEach(finding ->
                        findings.add("%s:%d: %s".formatted(file, passage.line(finding.offset()), finding.text())))));
        assertThat(findings)
                .as(findings.stream().collect(joining("\n", "to be written as plain sentences:\n", "\n")))
                .isEmpty();
    }

    @Test
    void allThatPeopleReadIsRead() throws IOException {
        Map<Path, List<Passage>> files = ProseFiles.read();

        assertThat(files).hasSizeGreaterThan(1_000);
        assertThat(Stream.of(
                        "README.md",
                        "CHANGELOG.md",
                        "CONTRIBUTING.md",
                        "docs/glossary.md",
                        "docs/job.schema.json",
                        "docs/policy.schema.json",
                        "compose/grafana/yardmaster.json",
                        "compose/prometheus/alerts.yml",
                        "core/src/main/java/io/yardmaster/core/Scheduler.java",
                        "core/src/test/java/io/yardmaster/core/GraphModel.java",
                        "schemas/src/main/avro/Share.avsc",
                        "app/src/main/resources/io/yardmaster/app/api/openapi.yaml"))
                .allSatisfy(file -> assertThat(files.get(Path.of(file))).isNotEmpty());
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
                "/** Begins again; what has ended stays so. */",
                "/** Nobody checks it: whoever may write can lie. */",
                "// Flushes go on; but how many depends on the disk.",
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
                "/** It asks itself: what is next? It knows: the last one; however late. */",
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

        assertThat(findings(MarkdownPassages.of(document)))
                .containsExactly("2 What follows is not.", "7 what a cell may not say", "14 Lookout");
    }

    @Test
    void descriptionsInJsonAndYamlAreRead() {
        List<String> json =
                """
                {"name": "by", "type": "string", "doc": "Who asked. It says \\"why\\"."},
                {"name": "at", "description" : "The time."}
                """
                        .lines()
                        .toList();
        List<String> yaml =
                """
                by:
                  description: Who asked.
                  type: string
                at:
                  summary: |
                    The time.

                    What it
                    means.
                  format: What a value says.
                - description: Plain.
                  name: What a name says.
                """
                        .lines()
                        .toList();

        assertThat(findings(DescriptionPassages.ofJson(json))).containsExactly("1 Who asked.");
        assertThat(findings(DescriptionPassages.ofYaml(yaml))).containsExactly("2 Who asked.", "8 What it means.");
    }

    private static List<String> findings(List<Passage> passages) {
        return passages.stream()
                .flatMap(passage -> ProseRules.check(passage).stream()
                        .map(finding -> passage.line(finding.offset()) + " " + finding.text()))
                .toList();
    }

    private static boolean isJustified(Path file, ProseRules.Finding finding) {
        return file.equals(NAMES) && QUOTED.contains(finding.text());
    }
}
