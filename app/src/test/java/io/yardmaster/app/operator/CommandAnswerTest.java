package io.yardmaster.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandAnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JOB_CANCELLED|0|job 7 is cancelled: no tasks were waiting",
                "JOB_CANCELLED|1|job 7 is cancelled: 1 waiting task was discarded",
                "JOB_CANCELLED|12|job 7 is cancelled: 12 waiting tasks were discarded",
                "JOB_PAUSED|0|job 7 is paused",
                "JOB_RESUMED|0|job 7 goes on",
                "JOB_PRIORITIZED|0|job 7 has priority -5",
                "JOB_ENDED|0|job 7: ended",
                "OTHER|0|job 7: something that this version does not know",
            })
    void aCommandThatWasCarriedOutIsDone(JobEventKind what, long tasks, String line) {
        assertThat(CommandAnswer.of(event(what, tasks, ""))).isEqualTo(new CommandAnswer(true, line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no_change: job 7 is paused already|true|job 7 is paused already",
                "unknown_job: no event about job 7 has come|false|no event about job 7 has come",
                "ended: job 7 has ended: nothing waits|false|job 7 has ended: nothing waits",
                "old_session: session 4 is over: 5 has begun|false|job 7: session 4 is over: 5 has begun",
                "of a newer version|false|job 7: of a newer version",
            })
    void aCommandThatWasDroppedSaysWhy(String reason, boolean done, String line) {
        assertThat(CommandAnswer.of(event(JobEventKind.COMMAND_DROPPED, 0, reason)))
                .isEqualTo(new CommandAnswer(done, line));
    }

    @Test
    void aReasonThatWouldBeLinesIsOne() {
        assertThat(CommandAnswer.of(event(JobEventKind.COMMAND_DROPPED, 0, "ended: a\nb\u202e"))
                        .line())
                .isEqualTo("job 7: a\\u000ab\\u202e");
    }

    @Test
    void aCommandWithoutAnAnswerSaysWhereItLies() {
        CommandAnswer none = CommandAnswer.none(7, "yardmaster.commands-2@5", Duration.ofSeconds(10));
        assertThat(none.done()).isFalse();
        assertThat(none.line())
                .isEqualTo(
                        "job 7: no answer within 10 s; the command lies at yardmaster.commands-2@5 and will be carried out"
                                + " when a scheduler runs (with events=none nobody answers)");
    }

    private static JobEvent event(JobEventKind what, long tasks, String reason) {
        return new JobEvent(Instant.EPOCH, 7L, 3L, 1L, what, -1, tasks, 0, reason, "", -5);
    }
}
