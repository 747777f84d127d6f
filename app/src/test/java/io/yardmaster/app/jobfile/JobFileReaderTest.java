package io.yardmaster.app.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.app.jobs.JobPlan;
import io.yardmaster.app.work.StageCommand;
import io.yardmaster.app.workflow.InputTooLargeException;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFileReaderTest {
    private static final String NIGHTLY =
            """
            # yaml-language-server: $schema=../docs/job.schema.json
            job: nightly
            group: 7
            priority: -5
            on_failure: continue
            stages:
              split:   { run: ./split.sh }
              render:  { tasks: 200, after: split, run: "./render.sh {index}", attempts: 3, backoff: 30s, timeout: 10m, needs: { licence: 2, disk.ssd: 1 } }
              check:
                tasks: 200
                after: { stage: render, each: true }
                run: |
                  set -e
                  ./check.sh {index}
              mine:
              publish: { after: [check, { stage: mine }, split], when: ended, run: ./publish.sh }
            """;

    private static JobPlan read(byte[] content) {
        try {
            return JobFileReader.read("j.yaml", new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JobPlan read(String content) {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> mistakes(String content) {
        try {
            read(content);
        } catch (InvalidInputException e) {
            return e.getMessage().lines().toList();
        }
        throw new AssertionError("was read: " + content);
    }

    /** With a job of these stages, each in a line of its own from line 3 on. */
    private static List<String> mistakesOf(String... stages) {
        return mistakes("job: j\nstages:\n" + String.join("\n", stages) + "\n");
    }

    private static StageCommand command(Stage stage) {
        byte[] payload = new byte[stage.getPayload().remaining()];
        stage.getPayload().duplicate().get(payload);
        return StageCommand.of(payload);
    }

    @Test
    void everyKeyIsRead() {
        JobPlan plan = read(NIGHTLY);

        assertThat(plan.name()).isEqualTo("nightly");
        assertThat(plan.terms().group()).hasValue(7);
        assertThat(plan.terms().priority()).isEqualTo(-5);
        assertThat(plan.terms().onFailure()).isEqualTo(OnFailure.CONTINUE);
        assertThat(plan.terms().commit()).isFalse();
        assertThat(plan.terms().cleanup()).isFalse();
        assertThat(plan.tasks()).isEqualTo(403);
        assertThat(plan.stages())
                .extracting(
                        Stage::getName,
                        Stage::getTasks,
                        Stage::getAfter,
                        Stage::getWhen,
                        Stage::getAttempts,
                        Stage::getBackoffMs,
                        Stage::getTimeoutMs)
                .containsExactly(
                        tuple("split", 1, List.of(), When.ALL, 1, 0L, 0L),
                        tuple("render", 200, after(false, "split"), When.ALL, 3, 30_000L, 600_000L),
                        tuple("check", 200, after(true, "render"), When.ALL, 1, 0L, 0L),
                        tuple("mine", 1, List.of(), When.ALL, 1, 0L, 0L),
                        tuple("publish", 1, after(false, "check", "mine", "split"), When.ENDED, 1, 0L, 0L));
    }

    @Test
    void needsOfAStageAreThoseOfEachOfItsTasks() {
        assertThat(read(NIGHTLY).stages())
                .extracting(Stage::getNeeds)
                .containsExactly(Map.of(), Map.of("licence", 2L, "disk.ssd", 1L), Map.of(), Map.of(), Map.of());
    }

    @Test
    void needsThatMakeNoSenseAreNamedWithTheirLines() {
        assertThat(mistakesOf(
                        "  a: {needs: 2}",
                        "  b: {needs: {licence: 0}}",
                        "  c: {needs: {licence: x}}",
                        "  d: {needs: {Big One: 1}}",
                        "  e: {needs: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1}}",
                        "  f: {needs: {licence: 9007199254740992}}"))
                .containsExactly(
                        "j.yaml:3: needs of stage 'a' must be a mapping of the names of limits to numbers of units, not the number 2",
                        "j.yaml:4: licence of needs of stage 'b' must be a whole number from 1 to 9007199254740991, not the number 0",
                        "j.yaml:5: licence of needs of stage 'c' must be a whole number from 1 to 9007199254740991, not the text x",
                        "j.yaml:6: needs of stage 'd' has 'Big One': the name of a limit has up to 64 of a-z, 0-9, '.', '_' and '-',"
                                + " the first a letter or digit",
                        "j.yaml:7: needs of stage 'e' has 9 limits, and may have 8",
                        "j.yaml:8: licence of needs of stage 'f' must be a whole number from 1 to 9007199254740991, not the number 9007199254740992");
    }

    @Test
    void aStageNamesItsPool() {
        byte[] job =
                "{job: j, stages: {a: {pool: gpu}, b: {run: x, pool: tape-2}, c: }}".getBytes(StandardCharsets.UTF_8);
        assertThat(read(job).stages()).extracting(Stage::getPool).containsExactly("gpu", "tape-2", "");
        assertThat(mistakesOf("  a: {pool: Big One}"))
                .containsExactly("j.yaml:3: pool of stage 'a' must be the name of a pool, up to 32 of a-z, 0-9 and '-',"
                        + " the first a letter or digit, not 'Big One'");
    }

    private static List<StageDependency> after(boolean each, String... names) {
        return List.of(names).stream()
                .map(name -> new StageDependency(name, each))
                .toList();
    }

    @Test
    void thePayloadOfAStageIsItsCommandWithItsPlaceInTheJob() {
        List<Stage> stages = read(NIGHTLY).stages();
        assertThat(command(stages.get(1))).isEqualTo(new StageCommand("render", 1, 200, "./render.sh {index}"));
        assertThat(command(stages.get(2)))
                .isEqualTo(new StageCommand("check", 201, 200, "set -e\n./check.sh {index}\n"));
        assertThat(stages.get(3).getPayload().remaining())
                .as("a stage without a command")
                .isZero();
        assertThat(command(stages.get(4)).first()).isEqualTo(402);
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        JobPlan plan = read("\uFEFFjob: 'j'\nstages: {a: }");
        assertThat(plan.terms().group()).isEmpty();
        assertThat(plan.terms().priority()).isZero();
        assertThat(plan.terms().onFailure()).isEqualTo(OnFailure.STOP);
    }

    @Test
    void valuesAtTheirLimitsAreRead() {
        JobPlan plan = read(
                """
                job: j
                group: 0
                priority: 1000
                stages:
                  a: {tasks: 2147483646, attempts: 1000000, timeout: 30d, backoff: 0s, when: any}
                  b: {after: {stage: a, each: FALSE}, timeout: 1ms, backoff: 30d}
                """);
        assertThat(plan.terms().group()).hasValue(0);
        assertThat(plan.terms().priority()).isEqualTo(1_000);
        assertThat(plan.tasks()).isEqualTo(Integer.MAX_VALUE);
        assertThat(plan.stages())
                .extracting(Stage::getWhen, Stage::getAttempts, Stage::getTimeoutMs, Stage::getBackoffMs)
                .containsExactly(
                        tuple(When.ANY, 1_000_000, 2_592_000_000L, 0L), tuple(When.ALL, 1, 1L, 2_592_000_000L));
        assertThat(read("job: j\npriority: -1000\nstages: {a: }").terms().priority())
                .isEqualTo(-1_000);
        assertThat(mistakesOf("  a: {attempts: 0}", "  b: {timeout: 31d}"))
                .containsExactly(
                        "j.yaml:3: attempts of stage 'a' must be a whole number from 1 to 1000000, not the number 0",
                        "j.yaml:4: timeout of stage 'b' must be a duration with its unit, such as 500ms, 30s, 10m or 2h, from 1ms to"
                                + " 30d, not the text 31d");
        assertThat(mistakesOf("  a: {after: b}", "  b: {after: [a, a]}"))
                .containsExactly("j.yaml:4: stage 'b' names 'a' twice");
    }

    @Test
    void mistakesAreInTheOrderOfTheirLines() {
        // The reader finds a repeated key while it reads the text, and all else after that.
        assertThat(mistakesOf("  a: {foo: 1}", "  b:", "    run: y", "    run: z"))
                .extracting(line -> line.substring(0, 9))
                .containsExactly("j.yaml:3:", "j.yaml:6:");
    }

    @Test
    void aTypoInAKeyIsNamedWithItsLineAndTheNearestKey() {
        assertThat(mistakes("jobb: j\njob: x\nstages:\n  a: {atempts: 3, foo: 1}\n  b: {after: {stge: a, stage: a}}\n"))
                .containsExactly(
                        "j.yaml:1: unknown key 'jobb' of the job: the nearest one is job",
                        "j.yaml:4: unknown key 'atempts' of stage 'a': the nearest one is attempts",
                        "j.yaml:4: unknown key 'foo' of stage 'a': there are tasks, after, when, run, attempts, backoff,"
                                + " timeout, priority, needs, pool, labels, gang",
                        "j.yaml:5: unknown key 'stge' of after of stage 'b': the nearest one is stage");
    }

    @Test
    void dependenciesThatMakeNoSenseAreNamedWithTheirLines() {
        assertThat(mistakesOf(
                        "  split:",
                        "  render:",
                        "    tasks: 2",
                        "    after:",
                        "      - splt",
                        "      - render",
                        "  check: {tasks: 3, after: {stage: render, each: true}}"))
                .containsExactly(
                        "j.yaml:7: stage 'render' waits for 'splt', which is no stage: the nearest one is 'split'",
                        "j.yaml:8: stage 'render' waits for itself",
                        "j.yaml:9: each task of stage 'check' waits for one of 'render', but they have 3 and 2 tasks");
        assertThat(mistakesOf("  a: {after: c}", "  b: {after: a}", "  c: {after: b}"))
                .containsExactly("j.yaml:3: stage 'a' waits for itself: a after c after b after a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            tasks: 0 | tasks of stage 'a' must be a whole number from 1 to 2147483647, not the number 0
            tasks: 2147483648 | tasks of stage 'a' must be a whole number from 1 to 2147483647, not the number 2147483648
            tasks: 99999999999999999999999999 | tasks of stage 'a' must be a whole number from 1 to 2147483647, not the number 99999999999999999999999999
            tasks: 1.5 | tasks of stage 'a' must be a whole number from 1 to 2147483647, not the number 1.5
            tasks: 1_000 | tasks of stage 'a' must be a whole number from 1 to 2147483647, not the number 1_000
            tasks: 0x10 | tasks of stage 'a' must be a whole number from 1 to 2147483647, not the number 0x10
            tasks: '5' | tasks of stage 'a' must be a whole number from 1 to 2147483647, not the text 5
            tasks: many | tasks of stage 'a' must be a whole number from 1 to 2147483647, not the text many
            tasks: | tasks of stage 'a' must be a whole number from 1 to 2147483647, not empty
            tasks: [5] | tasks of stage 'a' must be a whole number from 1 to 2147483647, not a list
            attempts: 1000001 | attempts of stage 'a' must be a whole number from 1 to 1000000, not the number 1000001
            timeout: 10 | timeout of stage 'a' must be a duration with its unit, such as 500ms, 30s, 10m or 2h, from 1ms to 30d, not the number 10
            timeout: 0s | timeout of stage 'a' must be a duration with its unit, such as 500ms, 30s, 10m or 2h, from 1ms to 30d, not the text 0s
            timeout: 10 minutes | timeout of stage 'a' must be a duration with its unit, such as 500ms, 30s, 10m or 2h, from 1ms to 30d, not the text 10 minutes
            backoff: 31d | backoff of stage 'a' must be a duration with its unit, such as 500ms, 30s, 10m or 2h, from 0ms to 30d, not the text 31d
            when: All | when of stage 'a' must be all or any or ended, not the text All
            run: true | run of stage 'a' must be a text, so put it in quotes, not the truth value true
            run: 5 | run of stage 'a' must be a text, so put it in quotes, not the number 5
            run: ' ' | run of stage 'a' must be a text that is not blank, not the text
            run: {x: y} | run of stage 'a' must be a text that is not blank, not a mapping of keys
            after: 5 | after of stage 'a' must be the name of a stage, in quotes, not the number 5
            after: [[b]] | after of stage 'a' must be the name of a stage, a mapping with the keys stage and each, or a list of these, not a list
            after: {each: true} | the key stage of after of stage 'a' is missing: the name of a stage
            after: {stage: b, each: yes} | each of after of stage 'a' must be true or false, not the text yes
            """)
    void aValueOfTheWrongKindIsNamed(String key, String mistake) {
        assertThat(mistakesOf("  b:", "  a:", "    " + key))
                .as(key)
                .singleElement()
                .asString()
                .startsWith("j.yaml:5: " + mistake.stripTrailing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            job: 5                 | job of the job must be a text, so put it in quotes, not the number 5
            group: -1              | group of the job must be a whole number from 0 to 9223372036854775807, not the number -1
            group: 9223372036854775808 | group of the job must be a whole number from 0 to 9223372036854775807, not the number 9223372036854775808
            priority: 1001         | priority of the job must be a whole number from -1000 to 1000, not the number 1001
            on_failure: proceed    | on_failure of the job must be stop or continue, not the text proceed
            stages: [a, b]         | stages must be a mapping of the stages' names, with one or more stages, not a list
            stages: {}             | stages must be a mapping of the stages' names, with one or more stages, not empty
            stages: {a: run}       | stage 'a' must be a mapping of keys, not the text run
            stages: {a: [x]}       | stage 'a' must be a mapping of keys, not a list
            """)
    void aValueOfTheJobOfTheWrongKindIsNamed(String key, String mistake) {
        String rest = key.startsWith("job")
                ? "\nstages: {a: }\n"
                : "\njob: j\n" + (key.startsWith("stages") ? "" : "stages: {a: }\n");
        assertThat(mistakes(key + rest)).containsExactly("j.yaml:1: " + mistake);
    }

    @Test
    void keysThatAreMissingAreNamed() {
        assertThat(mistakes("group: 1\n"))
                .containsExactly(
                        "j.yaml:1: the key job of the job is missing: a name",
                        "j.yaml:1: the key stages of the job is missing: a mapping of the stages' names");
        assertThat(mistakes("- a\n")).containsExactly("j.yaml:1: the job must be a mapping of keys, not a list");
        for (String empty : List.of("", "\n\n", "# only a comment\n", "---\n", "~")) {
            assertThat(mistakes(empty))
                    .containsExactly("j.yaml: is empty: a job has at least the keys job, a name, and stages");
        }
    }

    @Test
    void namesAreOneLineAndNotTooLong() {
        assertThat(mistakes("job: \"a\\nb\"\nstages: {\"x\\ty\": , '': , " + "n".repeat(201) + ": }\n"))
                .containsExactly(
                        "j.yaml:1: job of the job must be one line that is not blank",
                        "j.yaml:2: the name of a stage must be one line that is not blank",
                        "j.yaml:2: the name of a stage must be one line that is not blank",
                        "j.yaml:2: the name of a stage has 201 characters, and may have 200");
    }

    @Test
    void keysThatAreThereTwiceAreNamedWithBothLines() {
        assertThat(mistakesOf("  a: {run: x}", "  b:", "    run: y", "    run: z", "  a: {run: y}"))
                .containsExactly(
                        "j.yaml:6: the key 'run' is there twice, first in line 5",
                        "j.yaml:7: the key 'a' is there twice, first in line 3");
    }

    @Test
    void partsOfYamlThatNobodyNeedsHereAreRefused() {
        assertThat(mistakesOf("  a: &x {run: y}", "  b: *x"))
                .containsExactly("j.yaml:3: the anchor &x: anchors and aliases are not read");
        assertThat(mistakesOf("  a: *x")).containsExactly("j.yaml:3: the alias *x: anchors and aliases are not read");
        assertThat(mistakesOf("  a: {run: !!js/function x}"))
                .containsExactly("j.yaml:3: the tag tag:yaml.org,2002:js/function: tags are not read");
        assertThat(mistakesOf("  a: {<<: {run: x}}").get(0)).startsWith("j.yaml:3: unknown key '<<' of stage 'a': ");
        assertThat(mistakesOf("  a:", "---", "job: k"))
                .containsExactly("j.yaml:4: a second document begins: a file has one job");
        assertThat(mistakesOf("  ? [a]", "  : b")).containsExactly("j.yaml:3: a key must be a text, not a list");
    }

    @Test
    void textThatIsNoYamlIsNamedWithItsLine() {
        assertThat(mistakesOf("  a:", "\trun: x"))
                .containsExactly("j.yaml:4: not YAML: a tab where only spaces may be");
        assertThat(mistakesOf("  a: {run: x", "  b:"))
                .singleElement()
                .asString()
                .startsWith("j.yaml:4: not YAML: ");
        assertThat(mistakesOf("  a: {run: 'x}")).singleElement().asString().contains(": not YAML: ");
        assertThat(mistakesOf("  a:", "  b: \u0007"))
                .containsExactly("j.yaml:4: a character that YAML does not allow: U+0007");
        assertThatThrownBy(() -> read(new byte[] {'j', (byte) 0xC3, '('}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("j.yaml: is not in UTF-8");
    }

    @Test
    void aCommandThatDoesNotFitIntoAnAssignmentIsNamed() {
        assertThat(mistakesOf("  a:", "  b:", "    run: " + "x".repeat(3_500)))
                .singleElement()
                .asString()
                .startsWith("j.yaml:5: run of stage 'b' is too long: as it goes into each assignment it takes 35")
                .endsWith(" bytes, and may take 3500; put it into a script");
        int others = new StageCommand("a", 0, 1, "x").toPayload().length - 1;
        String longest = "x".repeat(GraphLimits.PAYLOAD_BYTES - others);
        assertThat(read("job: j\nstages:\n  a:\n    run: " + longest).tasks()).isEqualTo(1);
        assertThat(mistakesOf("  a:", "    run: " + longest + "x")).hasSize(1);
    }

    /** A few bytes that YAML would unfold to a million texts, text that nests deep, and a file that is just long. */
    @Test
    void whateverTheFileHoldsReadingItIsBounded() {
        String laughs = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n";
        assertThat(mistakes(laughs)).hasSize(1);
        assertThat(mistakes("[".repeat(100_000))).hasSize(1).first().asString().contains("nested too deep");
        assertThat(mistakesOf("  a: {x: [[[[[1]]]]]}").get(0)).contains("unknown key 'x'");
        assertThat(mistakesOf("  a: {x: [[[[[[1]]]]]]}").get(0)).contains("nested too deep");
        assertThat(mistakes("a: ".repeat(100_000))).hasSize(1);
        assertThat(mistakes("{".repeat(100_000))).hasSize(1);
        // A file with all values that it may have takes longer to read than all other tests here.
        assertThat(YamlReader.read("[x, x]", new FileMistakes("j.yaml"), 3)).isPresent();
        assertThatThrownBy(() -> YamlReader.read("[x,\nx, x]", new FileMistakes("j.yaml"), 3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("j.yaml:2: the file has more than 3 values, the most that are read");
        assertThatThrownBy(() -> read(new byte[JobFileReader.MOST_BYTES + 1]))
                .isInstanceOf(InputTooLargeException.class)
                .hasMessage("j.yaml: is larger than 16 MB, the most that is read of a job's file");
        String stages =
                IntStream.range(0, 100_001).mapToObj(i -> "  s" + i + ":\n").collect(Collectors.joining());
        assertThat(mistakes("job: j\nstages:\n" + stages))
                .containsExactly(
                        "j.yaml:3: there are 100001 stages, and a job may have 100000: one stage can have many tasks");
        assertThat(mistakesOf("  a: {tasks: 2147483647}", "  b: {tasks: 2147483647}"))
                .containsExactly("j.yaml:1: the stages have 4294967294 tasks, and a job may have 2147483647");
    }

    @Test
    void noMoreThanTwentyMistakesAreNamedEachInOneLine() {
        String[] stages = IntStream.range(0, 100)
                .mapToObj(i -> "  \"s" + i + "\\n\": {foo: 1}")
                .toArray(String[]::new);
        assertThat(mistakesOf(stages)).hasSize(20).allMatch(line -> line.startsWith("j.yaml:"));
    }
}
