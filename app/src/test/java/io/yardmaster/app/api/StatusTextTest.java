package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.api.LimitAnswer.HolderAnswer;
import io.yardmaster.app.status.StatusText;
import io.yardmaster.core.values.EndCounts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static Overview overview(List<LimitAnswer> limits) {
        return overview(any().totals(), limits);
    }

    private static Overview any() {
        return (Overview) new SampleValues(true, 0).of(Overview.class);
    }

    private static Overview overview(Overview.Totals totals, List<LimitAnswer> limits) {
        Overview any = any();
        return new Overview(
                any.atMs(),
                any.version(),
                any.applicationId(),
                any.session(),
                any.settings(),
                totals,
                any.rates(),
                any.window(),
                any.group(),
                any.lanes(),
                any.groups(),
                limits,
                any.instances(),
                any.gates(),
                any.deadLetters());
    }

    @Test
    void O1_outcomesAreShownByResult() {
        Overview.Totals any = any().totals();
        var totals = new Overview.Totals(
                any.activeJobs(),
                any.pendingJobs(),
                any.finalizingJobs(),
                any.pausedJobs(),
                any.pausedTasks(),
                any.refusedTasks(),
                any.parkedTasks(),
                any.bufferedTasks(),
                any.assignments(),
                new EndCounts(1_234, 2, 3, 4),
                any.dropsByReason(),
                any.deadLetters());
        assertThat(StatusText.of(overview(totals, List.of())))
                .contains("outcomes 1,234 succeeded, 2 failed, 3 killed, 4 refused");
    }

    @Test
    void L10_limitsAreShownWithWhatIsInUseAndWhoWaits() {
        List<String> lines = StatusText.of(overview(List.of(
                new LimitAnswer(
                        "limit/licence", 50, 48, 2, 1_042, List.of(new HolderAnswer("7", 40)), Optional.empty()),
                new LimitAnswer("pool/gpu", 0, 3, 0, 9, List.of(), Optional.of("paused by ann")),
                new LimitAnswer("all", 1_000, 0, 0, 0, List.of(), Optional.empty()))));
        assertThat(lines)
                .contains(
                        "tasks    7 buffered, 7 wait for limits, 7 assigned, 7 dead letters",
                        "limit                           in use     capacity   tasks wait  mostly by",
                        "limit/licence                       50           50        1,042  group 7",
                        "pool/gpu                             3            0            9  paused by ann",
                        "all                                  0        1,000            0  -")
                .allMatch(line -> line.length() <= 80);
        assertThat(StatusText.of(overview(List.of()))).noneMatch(line -> line.startsWith("limit "));
    }
}
