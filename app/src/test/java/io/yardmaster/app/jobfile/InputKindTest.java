package io.yardmaster.app.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputKindTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                    a.csv, {, EVENTS
                    a.CSV, job, EVENTS
                    a.json, job, WORKFLOW
                    a.yaml, {, JOB
                    dir.json/a.YML, {, JOB
                    a.txt, {, WORKFLOW
                    a, "  \n\t {", WORKFLOW
                    a, job: j, JOB
                    a, "# {", JOB
                    a, "", JOB
                    a.csv.job, [, JOB
                    """)
    void itsExtensionTellsOrElseItsFirstCharacter(String name, String content, InputKind kind) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = new BufferedInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(InputKind.of(name, in)).isEqualTo(kind);
            assertThat(in.readAllBytes()).as("nothing is lost").isEqualTo(bytes);
        }
    }
}
