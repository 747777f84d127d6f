package io.yardmaster.app.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads workflows in <a href="https://github.com/wfcommons/WfFormat">WfFormat</a>.
 *
 * <ul>
 *   <li>Versions 1.5 and 1.6 are read: 1.6 only adds optional fields. Up to 1.4 the tasks were not divided into
 *       {@code workflow.specification} and {@code workflow.execution}; those are refused.
 *   <li>Tasks are numbered in the order of {@code workflow.specification.tasks}.
 *   <li>{@code parents} is needed, {@code children} may be absent. Where the two lists disagree the graph has the
 *       dependencies of both: no task then starts earlier than either list allows.
 *   <li>{@code workflow.execution} may be absent, and so may its entry of a task: its runtime is then 0.
 * </ul>
 */
public final class WfFormat {
    private static final List<String> VERSIONS = List.of("1.5", "1.6");
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private WfFormat() {}

    /**
     * Reads and checks a file.
     *
     * @throws InvalidInputException one line that names the file and what is wrong with it
     */
    public static Workflow read(Path file) {
        try (InputStream in = InputFiles.open(file)) {
            return read(file.toString(), in);
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    /** The workflow that ships with Yardmaster: a nightly pipeline that packs and indexes logs. */
    public static Workflow bundled() {
        String resource = "/workflows/nightly-logs.json";
        try (InputStream in = WfFormat.class.getResourceAsStream(resource)) {
            return read(resource, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Workflow read(String file, InputStream in) throws IOException {
        JsonNode json;
        try {
            json = READER.readTree(in);
        } catch (JsonProcessingException e) {
            throw InputFiles.notJson(file, e);
        }
        JsonField document = new JsonField(file, "", json);
        String name = document.field("name").text();
        requireVersion(document.field("schemaVersion"));
        JsonField workflow = document.field("workflow");
        JsonField specification = workflow.field("specification");
        WorkflowBuilder tasks = new WorkflowBuilder(file);
        specification.field("tasks").elements().forEach(tasks::specify);
        OptionalDouble makespan = OptionalDouble.empty();
        if (workflow.has("execution")) {
            JsonField execution = workflow.field("execution");
            if (execution.has("tasks")) {
                execution.field("tasks").elements().forEach(tasks::executed);
            }
            if (execution.has("makespanInSeconds")) {
                makespan =
                        OptionalDouble.of(execution.field("makespanInSeconds").seconds());
            }
        }
        return new Workflow(name, tasks.build(), makespan);
    }

    private static void requireVersion(JsonField version) {
        if (!VERSIONS.contains(version.text())) {
            throw version.invalid(
                    "is " + version.text() + ", but only " + String.join(" and ", VERSIONS) + " can be read");
        }
    }
}
