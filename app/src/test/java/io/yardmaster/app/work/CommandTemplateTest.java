package io.yardmaster.app.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.client.Assignment;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTemplateTest {
    private static final Assignment ASSIGNMENT = new Assignment(
            900,
            2,
            7,
            TaskKind.TASK,
            3,
            1,
            5,
            Instant.EPOCH,
            Duration.ZERO,
            Payload.NONE,
            "",
            new TopicPartition("dispatch", 0),
            0,
            Optional.empty());

    @Test
    void everyPlaceholderIsReplacedWhereverItStands() {
        assertThat(words("echo {job} {task} {kind} {attempt} {group} {session} {id}"))
                .containsExactly("echo", "7", "3", "TASK", "1", "2", "5", "900");
        assertThat(words("echo a{job}-{task}b '{job}' \"{task}\" {job}{job}"))
                .containsExactly("echo", "a7-3b", "7", "3", "77");
    }

    @Test
    void otherBracesStayAsTheyAre() {
        assertThat(words("echo '{\"job\": {job}, \"of\": {\"task\":{task}}}' {} '{print $1}' ${{HOME} {{job}"))
                .containsExactly("echo", "{\"job\": 7, \"of\": {\"task\":3}}", "{}", "{print $1}", "${HOME}", "{job}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "echo one  two | one,two",
                "echo 'one two' three | one two,three",
                "echo one\\ two | one two",
                "echo a'b c'd\"e f\" | ab cde f",
                "echo '' \"\" | ,",
                "echo 'a\\b' \"c\\d\" \"e\\\"f\\\\g\\$h\" | a\\b,c\\d,e\"f\\g$h",
                "echo $HOME * ; > | $HOME,*,;,>",
            })
    void wordsAreThoseOfAShellWithoutAllElseThatItDoes(String line, String expected) {
        List<String> words = words(line);
        assertThat(words.subList(1, words.size())).isEqualTo(Arrays.asList(expected.split(",", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "echo 'open | the quote ' is not closed",
                "echo \"open | the quote \" is not closed",
                "echo \\ | nothing follows the last backslash",
                "'' | : no such program",
                "./none | ./none: no such program",
            })
    void aLineThatCannotBeRunIsRefused(String line, String problem) {
        assertThatThrownBy(() -> CommandTemplate.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @Test
    void aLineThatNoCharsetHasIsRefused() {
        assertThatThrownBy(() -> CommandTemplate.parse("echo half of a character: \ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be passed on as it was written");
    }

    @Test
    void aPlaceholderThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> CommandTemplate.parse("echo {JOB}"))
                .hasMessageStartingWith("unknown placeholder {JOB}: ");
        assertThatThrownBy(() -> CommandTemplate.parse("{host}.sh"))
                .hasMessageStartingWith("unknown placeholder {host}: ");
        assertThat(CommandTemplate.parse("run-{kind}.sh").of(ASSIGNMENT)).containsExactly("run-TASK.sh");
    }

    private static List<String> words(String line) {
        return CommandTemplate.parse(line).of(ASSIGNMENT);
    }
}
