package io.yardmaster.app.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reader and schema take every job that the examples and guides show. */
class ExampleJobFilesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path JOBS = ROOT.resolve("examples/jobs");
    private static final Pattern SHOWN =
            Pattern.compile("```yaml\n(.*?)```|first\\.yaml <<'END'\n(.*?)END\n", Pattern.DOTALL);

    @Test
    void everyJobThatAUserMayCopyIsRight() throws IOException {
        Map<String, String> jobs = new LinkedHashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(JOBS, "*.yaml")) {
            for (Path file : files) {
                jobs.put(file.toString(), Files.readString(file));
            }
        }
        assertThat(jobs).hasSize(5);
        for (String other : List.of("pools/train.yaml", "hosts/train.yaml", "hosts/urgent.yaml")) {
            jobs.put(other, Files.readString(ROOT.resolve("examples").resolve(other)));
        }
        for (Path guide : new Path[] {ROOT.resolve("README.md"), JOBS.resolve("README.md")}) {
            Matcher shown = SHOWN.matcher(Files.readString(guide));
            while (shown.find()) {
                String text = shown.group(1) == null ? shown.group(2) : shown.group(1);
                // The policy is in YAML, too.
                if (text.contains("stages:")) {
                    jobs.put(guide + " at " + shown.start(), text);
                }
            }
        }
        assertThat(jobs).hasSize(12);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new JsonMapper()
                        .readTree(ROOT.resolve("docs/job.schema.json").toFile()));
        for (Map.Entry<String, String> job : jobs.entrySet()) {
            byte[] bytes = job.getValue().getBytes(StandardCharsets.UTF_8);
            assertThatNoException().isThrownBy(() -> JobFileReader.read(job.getKey(), new ByteArrayInputStream(bytes)));
            assertThat(schema.validate(new YAMLMapper().readTree(bytes)))
                    .as(job.getKey())
                    .isEmpty();
        }
    }
}
