package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Run;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobPage;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.core.view.JobView;
import io.yardmaster.core.view.SchedulerView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerViewTest {
    private static final int MANY = 10_000;

    private static JobLocation job(CoreFixture core, String name) {
        return core.scheduler().view().job(core.id(name), 50).orElseThrow();
    }

    @Test
    void aStateIsNoLongerNewOnceATickWasStored() {
        CoreFixture core = CoreFixture.withActiveJobs(2);
        assertThat(core.scheduler().view().isNew()).isTrue();
        core.tick(1);
        assertThat(core.restart().scheduler().view().isNew()).isFalse();
    }

    @Test
    void countsTheOfferedTasksOfAJob() {
        CoreFixture core = CoreFixture.withActiveJobs(2).ready("A", 0, 1, 2, 3).retry("A", 1, 0, 1);
        core.tick(4);
        assertThat(job(core, "A").view().bufferedTasks()).isEqualTo(2);
        assertThat(job(core, "A").view().assignments()).hasValue(4);
        assertThat(job(core, "A").detail().runs()).containsExactly(new Run(0, 2, 1));
    }

    @Test
    void showsTheWaitingFinalizingTaskAndTheTimeOfTheGate() {
        CoreFixture core = CoreFixture.withActiveJobs(2)
                .commit("A")
                .commit("B")
                .cleanup("C")
                .end("D");
        assertThat(job(core, "B").finalizing()).hasValue(TaskKind.COMMIT);
        assertThat(job(core, "B").view().position()).hasValue(1);
        assertThat(job(core, "C").finalizing()).hasValue(TaskKind.CLEANUP);
        assertThat(job(core, "C").gateUntilMs()).isEmpty();
        assertThat(job(core, "D").ended()).isTrue();
        core.drain();
        core.pass(Duration.ofMinutes(1));
        JobLocation offered = job(core, "A");
        assertThat(offered.finalizing()).isEmpty();
        assertThat(offered.ended()).isFalse();
        long since = offered.gateSinceMs().orElseThrow();
        assertThat(core.now() - since).isBetween(58_000L, 62_000L);
        assertThat(offered.gateUntilMs().orElseThrow() - since)
                .isEqualTo(Duration.ofHours(6).toMillis());
    }

    @Test
    void countOfBufferedTasksOfPendingJobsSurvivesARestart() {
        CoreFixture core =
                CoreFixture.withActiveJobs(1).ready("A", 0).ready("B", 0, 1).ready("B", 2);
        assertThat(core.scheduler().view().buffered()).isEqualTo(4);
        assertThat(core.restart().scheduler().view().buffered()).isEqualTo(4);
        core.commit("B");
        assertThat(core.scheduler().view().buffered()).isEqualTo(1);
    }

    @Test
    void pagesOfTenThousandJobsReadNoMoreThanTheyShow() {
        for (Fairness fairness : Fairness.values()) {
            CoreFixture core = new CoreFixture(CoreFixture.policy(16, fairness));
            for (int i = 0; i < MANY; i++) {
                core.group(i % 3, "J" + i).ready("J" + i, 0, 1);
            }
            Set<Long> seen = new HashSet<>();
            List<Long> reads = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                core.storage().takeReads();
                JobPage page = core.scheduler()
                        .view()
                        .jobs(new JobQuery(OptionalLong.empty(), Optional.empty(), after, 1_000));
                reads.add(core.storage().takeReads());
                page.jobs().forEach(job -> assertThat(seen.add(job.job())).isTrue());
                after = page.next();
                // The rotation goes on meanwhile.
                core.tick(5);
            } while (after.isPresent());
            assertThat(seen).hasSize(MANY);
            assertThat(reads).allMatch(count -> count < 2_200, "reads");
        }
    }

    @Test
    void jobsInTheMiddleThatLeaveDoNotHideThoseBehind() {
        CoreFixture core = CoreFixture.withActiveJobs(1);
        IntStream.range(0, 2_000).forEach(i -> core.ready("J" + i, 0));
        IntStream.range(500, 1_800).forEach(i -> core.end("J" + i));
        SchedulerView view = core.scheduler().view();
        JobPage first = view.jobs(
                new JobQuery(OptionalLong.empty(), Optional.of(JobView.State.PENDING), Optional.empty(), 450));
        JobPage second =
                view.jobs(new JobQuery(OptionalLong.empty(), Optional.of(JobView.State.PENDING), first.next(), 1_000));
        assertThat(second.jobs()).hasSize(1_999 - 1_300 - 450);
        JobView last = job(core, "J1999").view();
        assertThat(last.exact()).isFalse();
        assertThat(last.position().orElseThrow()).isEqualTo(698);
    }

    @Test
    void aPlaceThatNoPageEndedAtIsRefused() {
        CoreFixture core = CoreFixture.withActiveJobs(1).ready("A", 0);
        for (String wrong : List.of("", "x", "x:1:1", "a:b:c", "p")) {
            assertThatThrownBy(() -> core.scheduler()
                            .view()
                            .jobs(new JobQuery(OptionalLong.empty(), Optional.empty(), Optional.of(wrong), 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
