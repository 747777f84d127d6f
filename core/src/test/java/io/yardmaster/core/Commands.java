package io.yardmaster.core;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Random histories. */
final class Commands {
    static final int JOBS = 12;
    private static final int LOW_JOBS = 7;

    private Commands() {}

    /** Histories with session changes, clock jumps, wrong groups, commands and outcomes. */
    static Arbitrary<List<SchedulerCommand>> wild() {
        Arbitrary<Integer> sessionChange = Arbitraries.frequency(Tuple.of(120, 0), Tuple.of(2, -1), Tuple.of(1, 1));
        Arbitrary<Integer> groupChange = Arbitraries.frequency(Tuple.of(40, 0), Tuple.of(1, 1));
        Arbitrary<Long> timeChange = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.longs().between(0, 20)),
                Tuple.of(3, Arbitraries.longs().between(500, 8_000)),
                Tuple.of(1, Arbitraries.of(-36_000_000L, -5_000L, 100_000L, 36_000_000L)));
        return list(sessionChange, groupChange, timeChange, 1, 4, 5);
    }

    /** Histories of one session in which nothing expires. */
    static Arbitrary<List<SchedulerCommand>> calm() {
        return list(Arbitraries.just(0), Arbitraries.just(0), Arbitraries.just(1L), 0, 0, 2);
    }

    /**
     * Histories in which jobs of a low priority often lose all places to others, while groups of little weight add up parts of a
     * turn.
     */
    static Arbitrary<List<SchedulerCommand>> weighed() {
        List<SchedulerCommand> lower = new ArrayList<>();
        for (long job = 0; job < LOW_JOBS; job++) {
            lower.add(new SchedulerCommand.Ready(group(job), job, 0, List.of(), 0));
            lower.add(new SchedulerCommand.Commanded(job, null, Command.SET_PRIORITY, -1));
        }
        Arbitrary<Long> job = Arbitraries.longs().between(0, JOBS - 1);
        // Few tasks of a high priority, so that the others often have turns.
        Arbitrary<SchedulerCommand> ready = Combinators.combine(
                        job, Arbitraries.integers().between(0, 200))
                .as((j, first) -> new SchedulerCommand.Ready(
                        group(j),
                        j,
                        0,
                        IntStream.range(first, first + (j < LOW_JOBS ? 8 : 1))
                                .boxed()
                                .toList(),
                        0));
        Arbitrary<SchedulerCommand> prioritized = Combinators.combine(job, Arbitraries.of(-1, 0))
                .as((j, priority) -> new SchedulerCommand.Commanded(j, null, Command.SET_PRIORITY, priority));
        Arbitrary<SchedulerCommand> tick =
                Arbitraries.integers().between(0, 5).map(budget -> new SchedulerCommand.Tick(1, budget));
        Arbitrary<List<SchedulerCommand>> random = Arbitraries.frequencyOf(
                        Tuple.of(12, ready),
                        Tuple.of(1, prioritized),
                        Tuple.of(1, weigh()),
                        Tuple.of(1, live()),
                        Tuple.of(10, tick))
                .list()
                .ofMinSize(20)
                .ofMaxSize(150)
                .withSizeDistribution(RandomDistribution.uniform());
        return Combinators.combine(weigh(), random).as((weigh, others) -> Stream.of(List.of(weigh), lower, others)
                .flatMap(List::stream)
                .toList());
    }

    private static Arbitrary<List<SchedulerCommand>> list(
            Arbitrary<Integer> sessionChange,
            Arbitrary<Integer> groupChange,
            Arbitrary<Long> timeChange,
            int sessionFrequency,
            int commandFrequency,
            int priorityFrequency) {
        Arbitrary<Long> job = Arbitraries.longs().between(0, JOBS - 1);
        Arbitrary<Integer> attempt = Arbitraries.frequency(Tuple.of(12, 0), Tuple.of(2, 1), Tuple.of(1, 2));
        Arbitrary<SchedulerCommand> ready = Combinators.combine(job, groupChange, sessionChange, indices(), attempt)
                .as((j, wrong, session, indices, a) ->
                        new SchedulerCommand.Ready(group(j) + wrong, j, session, indices, a));
        Arbitrary<SchedulerCommand> commit = Combinators.combine(job, groupChange, sessionChange)
                .as((j, wrong, session) -> new SchedulerCommand.Commit(group(j) + wrong, j, session));
        Arbitrary<SchedulerCommand> cleanup = Combinators.combine(
                        job, groupChange, sessionChange, Arbitraries.of(true, false))
                .as((j, wrong, session, hasTask) ->
                        new SchedulerCommand.Cleanup(group(j) + wrong, j, session, hasTask));
        Arbitrary<SchedulerCommand> commanded = Combinators.combine(
                        job,
                        sessionChange.injectNull(0.8),
                        Arbitraries.of(Command.PAUSE, Command.RESUME, Command.CANCEL))
                .as((j, change, command) -> new SchedulerCommand.Commanded(j, change, command, 0));
        Arbitrary<SchedulerCommand> prioritized = Combinators.combine(
                        job, sessionChange.injectNull(0.8), Arbitraries.of(-1_000, -1, 0, 0, 1, 5))
                .as((j, change, priority) -> new SchedulerCommand.Commanded(j, change, Command.SET_PRIORITY, priority));
        Arbitrary<SchedulerCommand> outcome = Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.frequency(
                                Tuple.of(4, TaskEnd.SUCCEEDED),
                                Tuple.of(1, TaskEnd.FAILED),
                                Tuple.of(1, TaskEnd.KILLED),
                                Tuple.of(3, TaskEnd.REFUSED)),
                        Arbitraries.frequency(
                                Tuple.of(20, 0),
                                Tuple.of(1, 1),
                                Tuple.of(1, 2),
                                Tuple.of(1, 3),
                                Tuple.of(1, 4),
                                Tuple.of(1, 5),
                                Tuple.of(1, 6)))
                .as(SchedulerCommand.Outcome::new);
        Arbitrary<SchedulerCommand> session = sessionChange.map(SchedulerCommand.Session::new);
        Arbitrary<Integer> budget = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(0, 4)),
                Tuple.of(1, Arbitraries.integers().between(5, 1_000)));
        Arbitrary<SchedulerCommand> tick =
                Combinators.combine(timeChange, budget).as(SchedulerCommand.Tick::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(24, ready),
                        Tuple.of(1, commit),
                        Tuple.of(1, cleanup),
                        Tuple.of(sessionFrequency, session),
                        Tuple.of(commandFrequency, commanded),
                        Tuple.of(3 * commandFrequency, outcome),
                        Tuple.of(priorityFrequency, prioritized),
                        Tuple.of(1, weigh()),
                        Tuple.of(1, live()),
                        Tuple.of(24, tick))
                .list()
                .ofMinSize(1)
                .ofMaxSize(200)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    /** The weights are exact in binary, so that turns can be counted exactly. */
    private static Arbitrary<SchedulerCommand> weigh() {
        Arbitrary<Double> weight = Arbitraries.of(1.0, 0.75, 0.5, 0.25, 0.125);
        return Combinators.combine(weight, weight, weight)
                .as((a, b, c) -> new SchedulerCommand.Weigh(Map.of(0L, a, 1L, b, 2L, c)));
    }

    private static Arbitrary<SchedulerCommand> live() {
        Arbitrary<Double> weight =
                Arbitraries.of(0.001, 0.3, 0.5, 1.0, 2.0, 7.0, 1_000.0).injectNull(0.3);
        return Combinators.combine(weight, weight, weight).as((a, b, c) -> {
            Map<Long, Double> weights = new HashMap<>();
            weights.put(0L, a);
            weights.put(1L, b);
            weights.put(2L, c);
            weights.values().removeIf(Objects::isNull);
            return new SchedulerCommand.Live(new LivePolicy(weights));
        });
    }

    private static long group(long job) {
        return job % 5 == 0 ? 1 : job % 3;
    }

    private static Arbitrary<List<Integer>> indices() {
        Arbitrary<Integer> first = Arbitraries.integers().between(0, 60);
        Arbitrary<List<Integer>> run = Combinators.combine(
                        first, Arbitraries.integers().between(1, 12))
                .as((from, length) ->
                        IntStream.range(from, from + length).boxed().toList());
        Arbitrary<List<Integer>> any =
                Arbitraries.integers().between(0, 60).list().ofMinSize(0).ofMaxSize(20);
        Arbitrary<List<Integer>> last = Arbitraries.integers()
                .between(Integer.MAX_VALUE - 2, Integer.MAX_VALUE)
                .list()
                .ofSize(1);
        return Arbitraries.frequencyOf(Tuple.of(6, run), Tuple.of(4, any), Tuple.of(1, last));
    }

    static Arbitrary<Policy> policies() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(Fairness.class))
                .as((active, commits, cleanups, fairness) -> new Policy(
                        active, commits, cleanups, Duration.ofSeconds(20), Duration.ofSeconds(30), fairness));
    }
}
