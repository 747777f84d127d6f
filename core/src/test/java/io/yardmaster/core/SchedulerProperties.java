package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SchedulerProperties {

    @Provide
    Arbitrary<List<SchedulerCommand>> wild() {
        return Commands.wild();
    }

    @Provide
    Arbitrary<List<SchedulerCommand>> weighed() {
        return Commands.weighed();
    }

    @Provide
    Arbitrary<List<SchedulerCommand>> calm() {
        return Commands.calm();
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Commands.policies();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void decidesAsTheRulesSay(@ForAll("policies") Policy policy, @ForAll("wild") List<SchedulerCommand> history) {
        DecisionLog expected = new DecisionLog();
        NaiveScheduler naive = new NaiveScheduler(policy, expected);
        new Player(naive).playAll(history);
        RestartingScheduler real = new RestartingScheduler(policy, 0);
        new Player(real).playAll(history);

        List<Decision> decided = real.log().all();
        assertThat(withoutTimes(decided)).isEqualTo(withoutTimes(expected.all()));
        for (int i = 0; i < naive.tolerances().size(); i++) {
            long readyAt = real.log().assignments().get(i).readyAt();
            assertThat(Math.abs(readyAt - expected.assignments().get(i).readyAt()))
                    .isLessThanOrEqualTo(naive.tolerances().get(i));
        }
    }

    private static List<Decision> withoutTimes(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> decision instanceof DispatchedTask assigned ? timeless(assigned) : decision)
                .toList();
    }

    private static DispatchedTask timeless(DispatchedTask a) {
        return new DispatchedTask(
                a.id(), a.group(), a.job(), a.kind(), a.taskIndex(), a.attempt(), a.session(), 0, null, a.trace());
    }

    /** The scheduler forgets savings when the caller flushes, as {@link RestartingScheduler} does after each call. */
    @Example
    void S16_aGroupThatLeavesAndComesBackInOneTickKeepsWhatItHasSaved() {
        Policy policy = new Policy(2, 1, 1, Duration.ofSeconds(20), Duration.ofSeconds(30), Fairness.RESOURCE_GROUP);
        decidesAsTheRulesSay(
                policy,
                List.of(
                        new SchedulerCommand.Ready(1, 0, 0, List.of(), 0),
                        new SchedulerCommand.Weigh(Map.of(1L, 0.5, 2L, 0.125)),
                        new SchedulerCommand.Commanded(0, null, Command.SET_PRIORITY, 5),
                        new SchedulerCommand.Ready(1, 1, 0, range(8), 0),
                        new SchedulerCommand.Ready(1, 0, 0, List.of(17), 0),
                        new SchedulerCommand.Ready(1, 7, 0, range(17), 0),
                        new SchedulerCommand.Tick(0, 1),
                        new SchedulerCommand.Outcome(0, TaskEnd.REFUSED, 0),
                        new SchedulerCommand.Ready(2, 11, 0, range(18), 0),
                        new SchedulerCommand.Tick(0, 43),
                        new SchedulerCommand.Ready(1, 7, 0, List.of(100, 101, 102, 103, 104, 105), 0),
                        new SchedulerCommand.Outcome(22, TaskEnd.REFUSED, 0),
                        new SchedulerCommand.Tick(0, 2),
                        new SchedulerCommand.Tick(100_000, 4),
                        new SchedulerCommand.Tick(0, 2)));
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void restartsAtAnyPointChangeNothing(
            @ForAll("policies") Policy policy,
            @ForAll("wild") List<SchedulerCommand> history,
            @ForAll @IntRange(min = 1, max = 5) int commandsBetweenRestarts) {
        RestartingScheduler running = new RestartingScheduler(policy, 0);
        new Player(running).playAll(history);
        RestartingScheduler restarting = new RestartingScheduler(policy, commandsBetweenRestarts);
        new Player(restarting).playAll(history);

        assertThat(restarting.log().all()).isEqualTo(running.log().all());
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void restartsChangeNothingForGroupsOfLittleWeightInSeveralLevels(
            @ForAll @IntRange(min = 2, max = 4) int places,
            @ForAll boolean weighted,
            @ForAll("weighed") List<SchedulerCommand> history,
            @ForAll @IntRange(min = 2, max = 9) int commandsBetweenRestarts) {
        Policy policy = CoreFixture.policy(places, weighted ? Fairness.WEIGHTED : Fairness.RESOURCE_GROUP);
        RestartingScheduler running = new RestartingScheduler(policy, 0);
        new Player(running).playAll(history);
        RestartingScheduler restarting = new RestartingScheduler(policy, commandsBetweenRestarts);
        new Player(restarting).playAll(history);

        assertThat(restarting.log().all()).isEqualTo(running.log().all());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void groupsAreKeptAsLongAsTheyHaveActiveOrPendingJobs(
            @ForAll("policies") Policy policy, @ForAll("wild") List<SchedulerCommand> history) {
        RestartingScheduler scheduler = new RestartingScheduler(policy, 9);
        Player player = new Player(scheduler);
        for (SchedulerCommand command : history) {
            player.play(command);
            assertThat(scheduler.view().keptGroups())
                    .isEqualTo(scheduler.view().groups(Integer.MAX_VALUE).size());
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void everyTaskIsOfferedOnceOrDropped(
            @ForAll("policies") Policy policy, @ForAll("calm") List<SchedulerCommand> history) {
        RestartingScheduler scheduler = new RestartingScheduler(policy, 3);
        Player player = new Player(scheduler);
        player.playAll(history);
        player.play(new SchedulerCommand.Tick(1, Integer.MAX_VALUE));

        long dropped = scheduler.log().all().stream()
                .mapToLong(decision -> decision instanceof Decision.Dropped drop ? drop.count() : 0)
                .sum();
        long sent = history.stream()
                .mapToLong(command -> command instanceof SchedulerCommand.Ready ready
                        ? ready.indices().size()
                        : command instanceof SchedulerCommand.Tick
                                        || command instanceof SchedulerCommand.Weigh
                                        || command instanceof SchedulerCommand.Live
                                        || command instanceof SchedulerCommand.Commanded
                                ? 0
                                : command instanceof SchedulerCommand.Cleanup cleanup && !cleanup.hasTask() ? 0 : 1)
                .sum();
        long repeatedEnds = repeatedEnds(history);
        List<DispatchedTask> made = scheduler.log().assignments();
        assertThat(made.size() + dropped - repeatedEnds).isEqualTo(sent);
        assertThat(made).extracting(DispatchedTask::id).doesNotHaveDuplicates();
        assertThat(made)
                .extracting(a -> List.of(a.job(), a.kind(), a.taskIndex(), a.attempt()))
                .doesNotHaveDuplicates();
    }

    /** Cleanup events without a task for jobs that have had one: they count as dropped although they bring no task. */
    private static long repeatedEnds(List<SchedulerCommand> history) {
        Set<Long> ended = new HashSet<>();
        return history.stream()
                .filter(command -> command instanceof SchedulerCommand.Cleanup cleanup
                        && !ended.add(cleanup.job())
                        && !cleanup.hasTask())
                .count();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void tasksOfAJobGoInTheOrderInWhichTheyArrived(
            @ForAll("policies") Policy policy, @ForAll("calm") List<SchedulerCommand> history) {
        RestartingScheduler scheduler = new RestartingScheduler(policy, 4);
        Player player = new Player(scheduler);
        Map<Long, List<List<Integer>>> arrived = new HashMap<>();
        for (SchedulerCommand command : history) {
            if (command instanceof SchedulerCommand.Ready ready) {
                for (int index : ready.indices()) {
                    List<List<Integer>> tasks = arrived.computeIfAbsent(ready.job(), j -> new ArrayList<>());
                    if (!tasks.contains(List.of(index, ready.attempt()))) {
                        tasks.add(List.of(index, ready.attempt()));
                    }
                }
            }
            player.play(command);
        }
        player.play(new SchedulerCommand.Tick(1, Integer.MAX_VALUE));

        for (long job = 0; job < Commands.JOBS; job++) {
            long id = job;
            List<List<Integer>> offered = scheduler.log().assignments().stream()
                    .filter(a -> a.job() == id && a.kind() == TaskKind.TASK)
                    .map(a -> List.of(a.taskIndex(), a.attempt()))
                    .toList();
            assertThat(arrived.getOrDefault(id, List.of()).stream().filter(offered::contains))
                    .containsExactlyElementsOf(offered);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void L1_noTaskIsOfferedBeforeOneOfAHigherPriority(
            @ForAll("policies") Policy policy, @ForAll("wild") List<SchedulerCommand> history) {
        NaiveScheduler naive = new NaiveScheduler(policy, new DecisionLog());
        Player naivePlayer = new Player(naive);
        RestartingScheduler real = new RestartingScheduler(policy, 5);
        Player player = new Player(real);
        for (SchedulerCommand command : history) {
            Map<Long, Integer> waiting = new HashMap<>();
            Map<Long, Integer> priorities = new HashMap<>();
            naive.jobs().values().stream().filter(job -> !job.paused).forEach(job -> {
                waiting.put(job.id, job.buffered.size());
                priorities.put(job.id, job.priority);
            });
            int before = real.log().assignments().size();
            naivePlayer.play(command);
            player.play(command);
            for (DispatchedTask made :
                    real.log().assignments().stream().skip(before).toList()) {
                if (made.kind() == TaskKind.TASK) {
                    assertThat(waiting.keySet())
                            .as("jobs that go before job %s", made.job())
                            .noneMatch(job -> waiting.get(job) > 0 && priorities.get(job) > priorities.get(made.job()));
                    waiting.merge(made.job(), -1, Integer::sum);
                }
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyActiveJobOrGroupIsOfferedOnceACycle(
            @ForAll long seed, @ForAll Fairness fairness, @ForAll @IntRange(min = 1, max = 9) int jobs) {
        Random random = new Random(seed);
        RestartingScheduler scheduler = new RestartingScheduler(CoreFixture.policy(jobs, fairness), 2);
        Player player = new Player(scheduler);
        for (int job = 0; job < jobs; job++) {
            List<Integer> backlog = IntStream.range(0, 200).boxed().toList();
            player.play(new SchedulerCommand.Ready(job / 3, job, 0, backlog, 0));
        }
        while (scheduler.log().assignments().size() < 10 * jobs) {
            player.play(new SchedulerCommand.Tick(5, random.nextInt(2 * jobs)));
        }
        List<DispatchedTask> made = scheduler.log().assignments();
        int turns = fairness == Fairness.JOB ? jobs : (jobs + 2) / 3;
        for (int from = 0; from + turns <= made.size(); from += turns) {
            assertThat(made.subList(from, from + turns).stream()
                            .map(a -> fairness == Fairness.JOB ? a.job() : a.group())
                            .collect(Collectors.toSet()))
                    .hasSize(turns);
        }
    }
}
