package io.yardmaster.replay.forecast;

import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Estimates when a job starts, from several draws of what happens until then. */
public final class StartForecast {
    /** The usual number of draws. */
    public static final int DRAWS = 25;

    /** A draw is given up after so many tasks were dispatched or have ended; 25 hosts or tasks that plans look at count as one. */
    public static final long MOST_STEPS = 100_000;

    /** Or after so many since the job started, so that there is time for more draws. */
    private static final long MOST_STEPS_AFTER = MOST_STEPS / 10;

    /** The most running tasks with which an estimate begins. */
    public static final int MOST_RUNNING = 100_000;

    /** No further draw begins after so many of all draws. */
    private static final long MOST_STEPS_OF_ALL = 300_000;

    private final PresentState state;
    private final long job;
    private final List<StartCourse> draws = new ArrayList<>();
    private List<ReservedHosts> reserved = List.of();

    private StartForecast(PresentState state, long job) {
        this.state = state;
        this.job = job;
    }

    /**
     * An estimate for a job of the state, no task of which has started; at most {@value #MOST_RUNNING} tasks run.
     *
     * @param most the most draws, 1 or more
     * @param seed the same seed gives the same estimate from as many draws
     * @param goesOn is asked before each draw but the first one; there is none once it says no
     */
    public static StartEstimate of(PresentState state, long job, int most, long seed, BooleanSupplier goesOn) {
        StartForecast forecast = new StartForecast(state, job);
        forecast.draw(most, new SplittableRandom(seed), goesOn);
        return forecast.estimate();
    }

    private void draw(int most, SplittableRandom random, BooleanSupplier goesOn) {
        PresentScheduler present = new PresentScheduler(state);
        PresentHosts hosts = new PresentHosts(state, RunningTasks.of(present, state.running()));
        reserved = hosts.reserved();
        long steps = 0;
        boolean starts = true;
        while (draws.size() < most
                && steps < MOST_STEPS_OF_ALL
                && starts
                && (draws.isEmpty() || goesOn.getAsBoolean())) {
            StartCourse course =
                    new StartDraw(state, present, hosts, job, random.split()).run(MOST_STEPS, MOST_STEPS_AFTER);
            draws.add(course);
            steps += course.steps();
            starts = course.start() != StartCourse.NEVER;
        }
    }

    private StartEstimate estimate() {
        Optional<TimeSpread> start = spread(StartCourse::start);
        OptionalLong notBefore = start.isPresent()
                ? OptionalLong.empty()
                : draws.stream()
                        .filter(draw -> draw.start() == StartCourse.NEVER && !draw.stands())
                        .mapToLong(draw -> draw.now() - state.now())
                        .min();
        Map<Long, Integer> priorities = state.jobs().stream()
                .collect(Collectors.toMap(
                        load -> load.view().job(), load -> load.view().priority()));
        int own = priorities.getOrDefault(job, 0);
        return new StartEstimate(
                draws.size(),
                start,
                notBefore,
                seesAll() ? spread(StartCourse::end) : Optional.empty(),
                median(draw -> draw.jobsBefore().size()),
                median(draw -> draw.jobsBefore().stream()
                        .filter(other -> priorities.getOrDefault(other, 0) > own)
                        .count()),
                median(StartCourse::tasksBefore),
                stages(),
                start.isPresent() ? reserved.stream().map(this::reserved).toList() : List.of());
    }

    private ReservedStart reserved(ReservedHosts gang) {
        List<StartCourse> behind =
                draws.stream().filter(draw -> draw.isBehind(gang)).toList();
        List<StartCourse> others =
                draws.stream().filter(draw -> !draw.isBehind(gang)).toList();
        return new ReservedStart(
                gang.pool(),
                gang.job(),
                gang.tasks(),
                behind.size(),
                medianTime(behind, draw -> draw.reservedStarts().get(gang)),
                medianTime(behind, StartCourse::start),
                medianTime(others, StartCourse::start));
    }

    /** In ms from now; empty if there are no draws. */
    private OptionalLong medianTime(List<StartCourse> some, ToLongFunction<StartCourse> time) {
        return some.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(TimeSpread.of(some.stream()
                                .map(draw -> time.applyAsLong(draw) - state.now())
                                .toList())
                        .p50());
    }

    private Optional<JobLoad> load() {
        return state.jobs().stream().filter(one -> one.view().job() == job).findFirst();
    }

    private boolean seesAll() {
        return load().flatMap(JobLoad::graph).map(OpenGraph::seesAll).orElse(true);
    }

    private long median(ToLongFunction<StartCourse> figure) {
        return TimeSpread.of(draws.stream().map(figure::applyAsLong).toList()).p50();
    }

    /** The spread of a time; empty if it did not come in each draw. */
    private Optional<TimeSpread> spread(ToLongFunction<StartCourse> time) {
        List<Long> times = draws.stream().map(time::applyAsLong).toList();
        return times.contains(StartCourse.NEVER)
                ? Optional.empty()
                : Optional.of(
                        TimeSpread.of(times.stream().map(at -> at - state.now()).toList()));
    }

    private List<StageStart> stages() {
        Optional<JobLoad> load = load();
        List<StageLoad> stages =
                load.flatMap(JobLoad::graph).map(OpenGraph::stages).orElse(List.of());
        Map<Integer, String> names = stages.stream().collect(Collectors.toMap(StageLoad::number, StageLoad::name));
        long group = load.map(one -> one.view().group().orElse(0)).orElse(0L);
        return stages.stream()
                .map(stage -> new StageStart(
                        stage.name(),
                        spread(draw -> draw.stageStarts().getOrDefault(stage.number(), StartCourse.NEVER)),
                        stage.after().stream()
                                .map(other -> names.getOrDefault(other, "stage " + other))
                                .toList(),
                        state.times().recorded(group, stage.name())))
                .toList();
    }
}
