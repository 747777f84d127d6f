package io.yardmaster.app.workflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Reads workflows in <a href="https://github.com/wfcommons/WfFormat">WfFormat</a>.
 *
 * <ul>
 *   <li>Versions 1.5 and 1.6 are read: 1.6 only adds optional fields, and more characters that ids may have. Up to 1.4 the
 *       tasks were not divided into {@code workflow.specification} and {@code workflow.execution}; those are refused.
 *   <li>Tasks are numbered in the order of {@code workflow.specification.tasks}.
 *   <li>{@code parents} is needed, {@code children} may be absent. Where the two lists disagree the graph has the
 *       dependencies of both: no task then starts earlier than either list allows.
 *   <li>{@code workflow.execution} may be absent, and so may its entry of a task or the entry's {@code runtimeInSeconds}: the
 *       task's runtime is then 0. Null is the same as absent.
 *   <li>A task that names itself as its parent or child gets a warning, and does not wait for itself.
 *   <li>A file has at most 256 MB. It has at most 500,000 tasks, and 4,000,000 entries in the lists of parents and children
 *       together, and so have all files of one command. They are read piece by piece, so that workflows within these bounds
 *       fit into a heap of 1 GB.
 * </ul>
 */
public final class WfFormat {
    private static final List<String> VERSIONS = List.of("1.5", "1.6");
    private static final Pattern BEFORE_1_5 = Pattern.compile("(0|1\\.[0-4])(\\..*)?");
    static final long MOST_BYTES = 256 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    private WfFormat() {}

    /**
     * Reads and checks a file.
     *
     * @throws InvalidInputException one line that names the file and the mistake in it
     */
    public static Workflow read(Path file) {
        return read(file, new WorkflowBounds());
    }

    /** The same for one of several files, all of which have the same bounds. */
    public static Workflow read(Path file, WorkflowBounds bounds) {
        try (InputStream in = InputFiles.open(file)) {
            return read(file.toString(), in, bounds);
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    /** The workflow that ships with Yardmaster: a nightly pipeline that packs and indexes logs. */
    public static Workflow bundled() {
        String resource = "/workflows/nightly-logs.json";
        try (InputStream in = WfFormat.class.getResourceAsStream(resource)) {
            return read(resource, in, new WorkflowBounds());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for the content of a file. */
    public static Workflow read(String file, InputStream in, WorkflowBounds bounds) throws IOException {
        bounds.begin(file);
        WorkflowBuilder tasks = new WorkflowBuilder(file, bounds);
        JsonField document;
        try (JsonParser parser = JSON.createParser(new BoundedInput(file, in, MOST_BYTES))) {
            document = new DocumentReader(
                            file,
                            parser,
                            Map.of(
                                    "workflow.specification.tasks", tasks::specify,
                                    "workflow.execution.tasks", tasks::executed),
                            bounds)
                    .read();
        } catch (JsonProcessingException e) {
            throw InputFiles.notJson(file, e);
        }
        String name = document.field("name").text();
        requireVersion(document.field("schemaVersion"));
        JsonField workflow = document.field("workflow");
        // Fails for a value that is no array, which the reader has not handed on.
        workflow.field("specification").field("tasks").elements();
        OptionalDouble makespan = OptionalDouble.empty();
        if (workflow.has("execution")) {
            JsonField execution = workflow.field("execution");
            if (execution.has("tasks")) {
                execution.field("tasks").elements();
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
            String way = BEFORE_1_5.matcher(version.text()).matches()
                    ? "; tools/wfcommons-migrate-instance.py of https://github.com/wfcommons/WfFormat converts it"
                    : "";
            throw version.invalid(
                    "is " + version.text() + ", but only " + String.join(" and ", VERSIONS) + " can be read" + way);
        }
    }
}
