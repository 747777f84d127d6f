package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.StageDetail;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobPage;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.core.view.JobView;
import io.yardmaster.core.view.SchedulerView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The view tells which limit each waiting task lacks (L10), and who holds it. */
class LimitReportTest {
    private static final String LICENCE = LimitKeys.named("licence");
    private static final String DISK = LimitKeys.named("disk");

    private final CoreFixture core = CoreFixture.withActiveJobs(16);
    private final GraphFixture graphs = new GraphFixture(core);

    private SchedulerView view() {
        return core.scheduler().view();
    }

    private JobLocation job(String job) {
        return view().job(core.id(job), 10).orElseThrow();
    }

    private StageDetail stage(String job, int number) {
        return view().stages(core.id(job), number, 1).orElseThrow().page().get(0);
    }

    private LimitUse use(String key) {
        List<LimitUse> found = view().limits(10).stream()
                .filter(use -> use.limit().equals(key))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<String> pages(JobQuery first) {
        List<String> listed = new ArrayList<>();
        JobPage page = view().jobs(first);
        while (true) {
            page.jobs().forEach(job -> listed.add(job.job() + " " + job.state()));
            if (page.next().isEmpty()) {
                return listed;
            }
            page = view().jobs(new JobQuery(first.group(), first.state(), page.next(), first.limit()));
        }
    }

    @Test
    void L10_aJobOfWhichNothingFitsNamesTheLimitThatItLacks() {
        core.limit(Map.of(LICENCE, 4L, DISK, 100L));
        graphs.submit("A", graph().group(7).needing("a", 3, "", Map.of("licence", 2L)));
        graphs.submit("B", graph().group(8).needing("b", 5, "", Map.of("licence", 1L, "disk", 3L)));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.0", "B.0", "B.1");
        graphs.submit("C", graph().group(9).needing("c", 2, "", Map.of("licence", 2L)));
        graphs.tick();

        graphs.restart().tick();
        JobLocation waiting = job("C");
        assertThat(waiting.view().state()).isEqualTo(JobView.State.PARKED);
        assertThat(waiting.parked()).isEqualTo(2);
        assertThat(waiting.waits()).isTrue();
        assertThat(waiting.limit()).contains(new LimitWait(LICENCE, 2, 4, 4));
        assertThat(job("B").limit()).contains(new LimitWait(LICENCE, 1, 4, 4));
        assertThat(use(LICENCE))
                .isEqualTo(new LimitUse(
                        LICENCE, 4, 4, 0, 2 + 2 + 3, List.of(new LimitUse.Holder(7, 2), new LimitUse.Holder(8, 2))));
        assertThat(use(DISK)).isEqualTo(new LimitUse(DISK, 100, 6, 0, 0, List.of(new LimitUse.Holder(8, 6))));
        assertThat(view().limits()).extracting(LimitUse::limit).containsExactly(DISK, LICENCE);
        assertThat(view().parkedTasks()).isEqualTo(7);
    }

    @Test
    void L10_aTaskThatNeedsALimitWhichIsNotThereSaysSo() {
        graphs.submit("A", graph().needing("a", 1, "", Map.of("licence", 1L)));
        graphs.tick();
        assertThat(job("A").limit()).contains(new LimitWait(LICENCE, 1, 0, 0));
    }

    @Test
    void L10_limitsOfGroupsJobsAndAllAreNamedToo() {
        core.limit(Map.of(LimitKeys.ofGroup(7), 2L, LimitKeys.JOB, 3L, LimitKeys.ALL, 5L));
        graphs.submit("A", graph().group(7).stage("a", 6));
        graphs.submit("B", graph().group(8).stage("b", 6));
        graphs.submit("C", graph().group(9).stage("c", 6));
        graphs.tick();
        graphs.tick();
        assertThat(job("A").limit()).contains(new LimitWait(LimitKeys.ofGroup(7), 1, 2, 2));
        assertThat(use(LimitKeys.ALL).used()).isEqualTo(5);
        assertThat(List.of(job("B").limit().orElseThrow(), job("C").limit().orElseThrow()))
                .allSatisfy(wait -> assertThat(wait.limit()).isEqualTo(LimitKeys.ALL));
        core.limit(Map.of(LimitKeys.JOB, 2L));
        graphs.tick();
        graphs.tick();
        assertThat(job("B").limit()).map(LimitWait::limit).contains(LimitKeys.JOB);
        assertThat(job("B").limit()).map(LimitWait::capacity).contains(2L);
    }

    @Test
    void L10_aStageCountsTheTasksThatWaitForALimit() {
        core.limit(Map.of(LICENCE, 3L));
        graphs.submit(
                "A",
                graph().needing("first", 4, "", Map.of("licence", 1L))
                        .needing("second", 4, "", Map.of("licence", 1L))
                        .stage("free", 2));
        assertThat(graphs.tick(5)).containsExactlyInAnyOrder("A.0", "A.1", "A.2", "A.8", "A.9");

        StageDetail first = stage("A", 0);
        StageDetail second = stage("A", 1);
        assertThat(first.ready() + first.running()).isEqualTo(4);
        assertThat(first.parked()).isEqualTo(1);
        assertThat(first.limit()).contains(new LimitWait(LICENCE, 1, 3, 3));
        assertThat(second.ready()).isEqualTo(4);
        assertThat(second.parked()).isEqualTo(4);
        assertThat(stage("A", 2).limit()).isEmpty();
        assertThat(stage("A", 2).parked()).isZero();
        core.command(Command.PAUSE, "A");
        assertThat(stage("A", 1).parked()).isZero();
    }

    @Test
    void L10_eachParkedJobIsListedOnceAlthoughItWaitsInSeveralLists() {
        core.limit(Map.of(LICENCE, 1L));
        graphs.submit("A", graph().needing("a", 1, "", Map.of("licence", 1L)));
        graphs.tick();
        List<String> expected = new ArrayList<>();
        for (String job : List.of("B", "C", "D", "E", "F")) {
            graphs.submit(
                    job,
                    graph().group(core.id(job) % 2)
                            .needing("one", 2, "", Map.of("licence", 1L))
                            .needing("none", 2, "", Map.of("missing", 1L)));
            expected.add(core.id(job) + " PARKED");
        }
        graphs.submit("G", graph().stage("g", 2));
        assertThat(graphs.tick(1)).containsExactly("G.0");
        assertThat(graphs.tick(1)).containsExactly("G.1");

        assertThat(pages(new JobQuery(OptionalLong.empty(), Optional.of(JobView.State.PARKED), Optional.empty(), 2)))
                .containsExactlyInAnyOrderElementsOf(expected);
        List<String> all = pages(new JobQuery(OptionalLong.empty(), Optional.empty(), Optional.empty(), 1));
        assertThat(all).containsAll(expected).hasSize(new HashSet<>(all).size());
        assertThat(pages(new JobQuery(OptionalLong.of(1), Optional.of(JobView.State.PARKED), Optional.empty(), 10)))
                .hasSizeBetween(2, 3);
    }
}
