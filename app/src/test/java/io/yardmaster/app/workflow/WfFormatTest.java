package io.yardmaster.app.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class WfFormatTest {
    private static final String DIAMOND =
            """
            {"name": "diamond", "schemaVersion": "1.5", "workflow": {
              "specification": {"tasks": [
                {"id": "end", "name": "join", "parents": ["left", "right"], "children": []},
                {"id": "left", "name": "work", "parents": ["start"], "children": ["end"]},
                {"id": "right", "name": "work", "parents": ["start"], "children": ["end"]},
                {"id": "start", "name": "split", "parents": [], "children": ["left", "right"]}]},
              "execution": {"makespanInSeconds": 12.5, "tasks": [
                {"id": "start", "runtimeInSeconds": 1}, {"id": "left", "runtimeInSeconds": 2.5},
                {"id": "right", "runtimeInSeconds": 0}]}}}
            """;

    @TempDir
    Path directory;

    @Test
    void tasksAreNumberedInTheOrderOfTheFile() throws IOException {
        Workflow workflow = read(DIAMOND);

        assertThat(workflow.name()).isEqualTo("diamond");
        assertThat(workflow.recordedMakespanSeconds()).hasValue(12.5);
        assertThat(workflow.tasks())
                .containsExactly(
                        new WorkflowTask(0, "end", "join", List.of(1, 2), List.of(), 0),
                        new WorkflowTask(1, "left", "work", List.of(3), List.of(0), 2.5),
                        new WorkflowTask(2, "right", "work", List.of(3), List.of(0), 0),
                        new WorkflowTask(3, "start", "split", List.of(), List.of(1, 2), 1));
    }

    @Test
    void executionAndChildrenMayBeAbsent() throws IOException {
        Workflow workflow = read(specification(
                "{'id': 'a', 'name': 'a', 'parents': []}," + "{'id': 'b', 'name': 'b', 'parents': ['a']}"));

        assertThat(workflow.recordedMakespanSeconds()).isEmpty();
        assertThat(workflow.tasks().get(0).children()).containsExactly(1);
        assertThat(workflow.tasks()).allMatch(task -> task.runtimeSeconds() == 0);
    }

    /** Python's json writes null for None, and Go for an empty list. */
    @Test
    void nullIsTheSameAsAbsent() throws IOException {
        Workflow workflow = read("{'name': 'w', 'schemaVersion': '1.6', 'description': null, 'workflow': {"
                + "'specification': {'tasks': ["
                + "{'id': 'a', 'name': 'a', 'parents': null, 'children': null, 'inputFiles': null},"
                + "{'id': 'b', 'name': 'b', 'parents': ['a'], 'children': []}]},"
                + "'execution': {'makespanInSeconds': null, 'tasks': [{'id': 'a', 'runtimeInSeconds': null},"
                + "{'id': 'b'}]}}}");

        assertThat(workflow.recordedMakespanSeconds()).isEmpty();
        assertThat(workflow.tasks())
                .containsExactly(
                        new WorkflowTask(0, "a", "a", List.of(), List.of(1), 0),
                        new WorkflowTask(1, "b", "b", List.of(0), List.of(), 0));
        assertThat(read(specification("{'id': 'a', 'name': 'a', 'parents': []}")
                                .replace("]}}}", "]}, 'execution': null}}"))
                        .tasks())
                .hasSize(1);
        assertThatThrownBy(() ->
                        read("{'name': 'w', 'schemaVersion': '1.6', 'workflow': {'specification': {'tasks': null}}}"))
                .hasMessageContaining("workflow.specification.tasks is empty");
    }

    @Test
    void aTaskThatNamesItselfGetsAWarningAndDoesNotWaitForItself() throws IOException {
        Logger log = (Logger) LoggerFactory.getLogger(WfFormat.class);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        log.addAppender(heard);
        log.setLevel(Level.WARN);
        try {
            Workflow workflow = read(specification("{'id': 'a', 'name': 'a', 'parents': ['a'], 'children': ['a', 'b']},"
                    + "{'id': 'b', 'name': 'b', 'parents': ['a', 'b']}"));

            assertThat(workflow.tasks())
                    .containsExactly(
                            new WorkflowTask(0, "a", "a", List.of(), List.of(1), 0),
                            new WorkflowTask(1, "b", "b", List.of(0), List.of(), 0));
            assertThat(heard.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly(file() + ": task 'a' is named as its own parent or child, which is ignored;"
                            + " so are 2 more of the kind");
        } finally {
            log.setLevel(null);
            log.detachAppender(heard);
        }
    }

    /** Version 1.6 has new fields, and more characters in ids. */
    @Test
    void version16IsRead() throws IOException {
        Workflow workflow = read("{'name': 'w', 'schemaVersion': '1.6', 'workflow': {'specification': {'tasks': ["
                + "{'id': 'a/1:x#2', 'name': 'a', 'parents': [], 'children': ['b'], 'inputFiles': ['f'],"
                + " 'outputFiles': []}, {'id': 'b', 'name': 'b', 'parents': ['a/1:x#2'], 'children': []}],"
                + "'files': [{'id': 'f', 'sizeInBytes': 1}],"
                + "'metrics': {'numberOfTasks': 2, 'numberOfFiles': 1, 'sumOfFileSizesInBytes': 1,"
                + " 'numberOfLevels': 2, 'minimumWidth': 1, 'maximumWidth': 1}},"
                + "'execution': {'makespanInSeconds': 3, 'executedAt': '2026-01-01T00:00:00Z', 'tasks': ["
                + "{'id': 'a/1:x#2', 'runtimeInSeconds': 1.5, 'executedAt': '2026-01-01T00:00:00Z',"
                + " 'command': {'program': 'p', 'arguments': ['x']}, 'coreCount': 1.5, 'machines': ['m']}],"
                + "'machines': [{'nodeName': 'm', 'cpu': {'coreCount': 2}}],"
                + "'metrics': {'sumTaskRuntimesInSeconds': 1.5, 'totalNumBytesRead': 0}}}}");

        assertThat(workflow.tasks())
                .containsExactly(
                        new WorkflowTask(0, "a/1:x#2", "a", List.of(), List.of(1), 1.5),
                        new WorkflowTask(1, "b", "b", List.of(0), List.of(), 0));
    }

    @Test
    void theRunMayBeWrittenBeforeTheTasks() throws IOException {
        Workflow workflow = read("{'workflow': {'execution': {'tasks': [{'id': 'a', 'runtimeInSeconds': 2}]},"
                + "'specification': {'tasks': [{'id': 'a', 'name': 'a', 'parents': []}]}},"
                + "'schemaVersion': '1.5', 'name': 'w'}");

        assertThat(workflow.tasks()).containsExactly(new WorkflowTask(0, "a", "a", List.of(), List.of(), 2));
    }

    @Test
    void whereParentsAndChildrenDisagreeBothHold() throws IOException {
        Workflow workflow = read(specification("{'id': 'a', 'name': 'a', 'parents': [], 'children': ['c', 'c']},"
                + "{'id': 'b', 'name': 'b', 'parents': [], 'children': []},"
                + "{'id': 'c', 'name': 'c', 'parents': ['b'], 'children': []}"));

        assertThat(workflow.tasks().get(2).parents()).containsExactly(0, 1);
        assertThat(workflow.tasks().get(1).children()).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'schemaVersion': '1.5'                    | 'schemaVersion': '1.4'               | schemaVersion is 1.4, but only 1.5 and 1.6 can be read; tools/wfcommons-migrate-instance.py of https://github.com/wfcommons/WfFormat converts it
            'schemaVersion': '1.5'                    | 'schemaVersion': '1.0'               | schemaVersion is 1.0, but only 1.5 and 1.6 can be read; tools/wfcommons-migrate-instance.py
            'schemaVersion': '1.5'                    | 'schemaVersion': '2.0'               | schemaVersion is 2.0, but only 1.5 and 1.6 can be read
            'schemaVersion': '1.5'                    | 'schemaVersion': 1.5                 | schemaVersion must be a text that is not empty, not number
            'name': 'diamond',                        | ''                                   | name is missing
            'specification'                           | 'specs'                              | workflow.specification is missing
            {'id': 'left', 'name': 'work'             | {'name': 'work'                      | workflow.specification.tasks[1].id is missing
            {'id': 'left', 'name': 'work',            | {'id': 'left',                       | workflow.specification.tasks[1] (task 'left').name is missing
            'parents': ['start'], 'children': ['end'] | 'children': ['end']                  | workflow.specification.tasks[1] (task 'left').parents is missing
            'parents': ['start']                      | 'parents': 'start'                   | workflow.specification.tasks[1] (task 'left').parents must be an array, not a text
            'parents': ['start']                      | 'parents': ['']                      | workflow.specification.tasks[1] (task 'left').parents[0] must be a text that is not empty, not an empty text
            'parents': ['start']                      | 'parents': ['Start']                 | task 'left' has the parent 'Start', which is no task of this workflow
            'children': ['end']                       | 'children': ['fin']                  | task 'left' has the child 'fin', which is no task of this workflow
            {'id': 'left'                             | {'id': 'end'                         | task 'end' is there twice
            'parents': []                             | 'parents': ['end']                   | tasks wait for each other in a cycle: start -> left -> end -> start
            'runtimeInSeconds': 2.5                   | 'runtimeInSeconds': -2.5             | workflow.execution.tasks[1] (task 'left').runtimeInSeconds is -2.5, but must be a number of seconds from 0 to 315360000, which is ten years
            'runtimeInSeconds': 2.5                   | 'runtimeInSeconds': 1e999            | workflow.execution.tasks[1] (task 'left').runtimeInSeconds is Infinity, but must be a number of seconds from 0 to 315360000, which is ten years
            'runtimeInSeconds': 2.5                   | 'runtimeInSeconds': 1e300            | workflow.execution.tasks[1] (task 'left').runtimeInSeconds is 1.0E300, but must be a number of seconds from 0 to 315360000
            'makespanInSeconds': 12.5                 | 'makespanInSeconds': 315360001       | workflow.execution.makespanInSeconds is 315360001, but must be a number of seconds from 0 to 315360000
            'runtimeInSeconds': 2.5                   | 'runtimeInSeconds': '2'              | workflow.execution.tasks[1] (task 'left').runtimeInSeconds must be a number of seconds, not a text
            'runtimeInSeconds': 2.5                   | 'runtimeInSeconds': NaN              | not JSON at line 8, column 83: Non-standard token 'NaN'
            {'id': 'left', 'runtimeInSeconds': 2.5}   | {'id': 'lef', 'runtimeInSeconds': 1} | workflow.execution.tasks[1].id is 'lef', but no such task is specified
            {'id': 'left', 'runtimeInSeconds': 2.5}   | {'id': 'start', 'runtimeInSeconds': 1} | task 'start' is there twice in workflow.execution.tasks
            'makespanInSeconds': 12.5                 | 'makespanInSeconds': -1              | workflow.execution.makespanInSeconds is -1, but
            'name': 'diamond'                         | 'name': 'x', 'name': 'y'             | not JSON at line 1, column 15: Duplicate field 'name'
            """)
    void aMistakeIsNamedInOneLine(String right, String wrong, String message) throws IOException {
        String changed = DIAMOND.replace('"', '\'').replaceFirst(Pattern.quote(right), wrong.equals("''") ? "" : wrong);

        assertThatThrownBy(() -> read(changed)).satisfies(namedInOneLine(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            ""       | the document must be an object, not empty
            []       | the document must be an object, not array
            {'a': 1  | not JSON at line 1, column 8: Unexpected end-of-input: expected close marker for Object
            {} }     | not JSON at line 1, column
            hello    | not JSON at line 1, column
            """)
    void anInvalidDocumentIsNamedInOneLine(String text, String message) throws IOException {
        assertThatThrownBy(() -> read(text)).satisfies(namedInOneLine(message));
    }

    @Test
    void aWorkflowWithoutTasksIsRefused() {
        assertThatThrownBy(() -> read(specification("")))
                .satisfies(namedInOneLine("workflow.specification.tasks is empty: there is nothing to run"));
    }

    @Test
    void aCycleAmongManyTasksIsNamedShortly() {
        StringBuilder tasks = new StringBuilder("{'id': 't0', 'name': 't', 'parents': ['t14']}");
        for (int i = 1; i < 15; i++) {
            tasks.append(",{'id': 't%d', 'name': 't', 'parents': ['t%d']}".formatted(i, i - 1));
        }

        assertThatThrownBy(() -> read(specification(tasks.toString())))
                .satisfies(namedInOneLine("t9 -> t10 -> (5 more) -> t1"));
    }

    @Test
    void anUnknownFileAndADirectoryAreRefused() {
        Path unknown = directory.resolve("unknown.json");

        assertThatThrownBy(() -> WfFormat.read(unknown))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(unknown + ": no such file");
        assertThatThrownBy(() -> WfFormat.read(directory))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(directory + ": is a directory");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(directory.resolve("packed.json"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});

        assertThatThrownBy(() -> WfFormat.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file + ": not JSON at line 1, column 2: ");
    }

    private Workflow read(String json) throws IOException {
        return WfFormat.read(Files.writeString(file(), json.replace('\'', '"')));
    }

    private Path file() {
        return directory.resolve("workflow.json");
    }

    private ThrowingConsumer<Throwable> namedInOneLine(String message) {
        return thrown -> assertThat(thrown)
                .isInstanceOf(InvalidInputException.class)
                .message()
                .startsWith(file() + ": ")
                .contains(message)
                .doesNotContain("\n");
    }

    private static String specification(String tasks) {
        return "{'name': 'w', 'schemaVersion': '1.6', 'workflow': {'specification': {'tasks': [" + tasks + "]}}}";
    }
}
