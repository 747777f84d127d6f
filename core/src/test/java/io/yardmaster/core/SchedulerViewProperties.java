package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.core.view.GroupView;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The view shows the state of the naive scheduler. */
class SchedulerViewProperties {

    @Provide
    Arbitrary<List<SchedulerCommand>> wild() {
        return Commands.wild();
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Commands.policies();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void showsAllJobsAndGroups(
            @ForAll("policies") Policy policy,
            @ForAll("wild") List<SchedulerCommand> history,
            @ForAll @IntRange(min = 1, max = 7) int limit) {
        NaiveScheduler naive = new NaiveScheduler(policy, new DecisionLog());
        RestartingScheduler real = new RestartingScheduler(policy, 4);
        new Player(naive).playAll(history);
        new Player(real).playAll(history);
        SchedulerView view = real.view();

        naive.jobs().values().forEach(job -> assertSame(naive, job, view.job(job.id, 50)));
        List<NaiveJob> pool = new ArrayList<>(naive.pool().active());
        pool.addAll(naive.pool().pending());
        assertThat(view.buffered())
                .isEqualTo(pool.stream().mapToLong(job -> job.buffered.size()).sum());
        long gated = naive.jobs().values().stream()
                .filter(job -> job.gated && !job.paused)
                .count();
        assertThat(view.finalizingJobs()).isEqualTo(gated);
        assertThat(view.groups(100).stream().collect(Collectors.toMap(GroupView::group, GroupView::buffered)))
                .isEqualTo(pool.stream()
                        .collect(Collectors.groupingBy(
                                job -> job.group, Collectors.summingLong(job -> job.buffered.size()))));

        List<NaiveJob> paused =
                naive.jobs().values().stream().filter(job -> job.paused).toList();
        assertThat(view.refusedTasks()).isEqualTo(naive.refusedTasks());
        assertThat(view.pausedJobs()).isEqualTo(paused.size());
        assertThat(view.pausedTasks())
                .isEqualTo(paused.stream()
                        .mapToLong(job -> job.buffered.size() + (job.held == null ? 0 : 1))
                        .sum());

        List<JobView> listed = pages(view, Optional.empty(), OptionalLong.empty(), limit);
        assertThat(listed)
                .extracting(JobView::job)
                .containsExactlyInAnyOrderElementsOf(naive.jobs().values().stream()
                        .filter(job -> job.gated || job.paused || pool.contains(job))
                        .map(job -> job.id)
                        .toList());
        assertThat(pages(view, Optional.of(JobView.State.PAUSED), OptionalLong.empty(), limit))
                .extracting(JobView::job)
                .containsExactlyInAnyOrderElementsOf(
                        paused.stream().map(job -> job.id).toList());
        List<JobView> pending = pages(view, Optional.of(JobView.State.PENDING), OptionalLong.empty(), limit);
        assertThat(pending)
                .extracting(JobView::job)
                .containsExactlyElementsOf(
                        naive.pool().pending().stream().map(job -> job.id).toList());
        for (NaiveJob job : pool) {
            assertThat(pages(view, Optional.empty(), OptionalLong.of(job.group), limit))
                    .extracting(JobView::job)
                    .contains(job.id);
        }
    }

    private static void assertSame(NaiveScheduler naive, NaiveJob job, Optional<JobLocation> shown) {
        JobView view = shown.orElseThrow().view();
        JobView.State state = job.paused
                ? JobView.State.PAUSED
                : job.gated
                        ? JobView.State.FINALIZING
                        : naive.pool().active().contains(job)
                                ? JobView.State.ACTIVE
                                : naive.pool().pending().contains(job) ? JobView.State.PENDING : JobView.State.IDLE;
        assertThat(view.state()).isEqualTo(state);
        assertThat(view.group()).hasValue(job.group);
        assertThat(view.priority()).isEqualTo(job.priority);
        assertThat(view.bufferedTasks()).isEqualTo(job.buffered.size());
        assertThat(view.ended()).isEqualTo(job.ends);
        List<Integer> indices = new ArrayList<>();
        shown.get().detail().runs().forEach(run -> IntStream.rangeClosed(run.first(), run.first() + run.count() - 1)
                .forEach(indices::add));
        List<Integer> expected = job.buffered.stream().map(NaiveJob.Task::index).toList();
        assertThat(expected).startsWith(indices.toArray(Integer[]::new));
        assertThat(shown.get().detail().bufferedRuns())
                .isGreaterThanOrEqualTo(shown.get().detail().runs().size());
        if (state == JobView.State.PENDING && view.exact()) {
            long ahead = naive.pool().pending().stream()
                    .takeWhile(other -> other != job)
                    .count();
            assertThat(view.position()).hasValue(ahead);
        }
    }

    private static List<JobView> pages(
            SchedulerView view, Optional<JobView.State> state, OptionalLong group, int limit) {
        List<JobView> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            JobPage page = view.jobs(new JobQuery(group, state, after, limit));
            assertThat(page.jobs()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.jobs());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void turnsComeAsTheyWereShown(@ForAll("policies") Policy policy, @ForAll("wild") List<SchedulerCommand> history) {
        RestartingScheduler real = new RestartingScheduler(policy, 4);
        new Player(real)
                .playAll(history.stream()
                        // The view shows turns as if all weights were the same.
                        .filter(command -> !(command instanceof SchedulerCommand.Weigh)
                                && !(command instanceof SchedulerCommand.Live))
                        .toList());
        int[] plenty = IntStream.range(100_000, 101_000).toArray();
        Map<Long, JobView> active =
                pages(real.view(), Optional.of(JobView.State.ACTIVE), OptionalLong.empty(), 5).stream()
                        .collect(Collectors.toMap(JobView::job, Function.identity()));
        // So that no job leaves for want of tasks.
        active.values()
                .forEach(job -> real.ready(job.group().orElseThrow(), job.job(), real.session(), plenty, 0, 0, null));
        List<Long> shown = real.view().nextJobs(1_000);
        assertThat(new HashSet<>(shown)).isEqualTo(active.keySet());
        assertThat(real.view().nextJobs(3)).isEqualTo(shown.subList(0, Math.min(3, shown.size())));

        // Jobs of a lower priority have turns when the others have no task left, and pending jobs may join them by
        // then.
        int highest = active.values().stream().mapToInt(JobView::priority).max().orElse(0);
        boolean nobodyJoins = pages(real.view(), Optional.of(JobView.State.PENDING), OptionalLong.empty(), 5)
                .isEmpty();
        Map<Long, JobView> watched = active.values().stream()
                .map(job -> real.view().job(job.job(), 0).orElseThrow().view())
                .filter(job -> nobodyJoins || job.priority() == highest)
                .collect(Collectors.toMap(JobView::job, Function.identity()));
        int before = real.log().assignments().size();
        real.tick(0, 20_000);
        List<Long> turns = real.log().assignments().stream()
                .skip(before)
                .filter(assignment -> assignment.kind() == TaskKind.TASK)
                .map(DispatchedTask::job)
                .toList();
        Set<Long> seen = new HashSet<>();
        List<Long> order = turns.stream().filter(seen::add).toList();
        assertThat(order).startsWith(shown.subList(0, watched.size()).toArray(Long[]::new));
        watched.values().forEach(job -> assertThat(turns.indexOf(job.job()))
                .isEqualTo(job.position().orElseThrow()));
    }
}
