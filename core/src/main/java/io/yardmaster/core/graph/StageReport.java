package io.yardmaster.core.graph;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.limits.LimitsView;
import io.yardmaster.core.values.GraphPhase;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.Run;
import io.yardmaster.core.values.StageCause;
import io.yardmaster.core.values.StageDetail;
import io.yardmaster.core.values.StageEdge;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.values.StageProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tells what the stages of one graph wait for, in a bounded number of steps for a page. */
final class StageReport {
    /** After so many steps a page ends: a step looks at a dependency, or at tasks with the same past. */
    private static final int STEPS = 20_000;
    /** After so many a load ends: a stream thread reads the loads of many jobs in one tick. */
    private static final int STEPS_OF_LOAD = 2_000;
    /** Reading a block of stages takes as long as so many steps; to see that a stage has ended takes no time then. */
    private static final int STEPS_OF_BLOCK = 10;
    /** Looking at so many runs takes as long as a step. */
    private static final int RUNS_OF_A_STEP = 50;

    private static final int MOST_DEPENDENCIES = 1_000;
    private static final int MOST_STRETCHES = 256;
    private static final int MOST_RUNS = 1_000;
    private static final int MOST_BACKOFFS = 100;

    private final Graph graph;
    private final String name;
    private final Dependencies dependencies;
    private final @Nullable Job job;
    private final boolean ended;
    private final LimitsView limits;
    private final AgeClock clock;
    private final List<Run> runs;
    private final boolean allRuns;
    /** The runs of tasks that limits have not let through, by the needs of the tasks. */
    private final Map<Map<String, Long>, List<Run>> parkedRuns = new HashMap<>();

    private int steps = STEPS;

    private int ready;
    private int running;
    private int backingOff;
    private boolean exact;
    private int parked;
    private @Nullable LimitWait limit;

    /**
     * A report on a graph as it is now.
     *
     * @param name of its job; empty if it has none
     * @param job null if it is not known, or not yet in this session
     * @param ended whether the graph has ended
     */
    StageReport(
            Graph graph,
            String name,
            Dependencies dependencies,
            @Nullable Job job,
            boolean ended,
            LimitsView limits,
            AgeClock clock) {
        this.graph = graph;
        this.name = name;
        this.dependencies = dependencies;
        this.job = job;
        this.ended = ended;
        this.limits = limits;
        this.clock = clock;
        this.runs = job == null ? List.of() : job.firstRuns(MOST_RUNS);
        this.allRuns = job == null || job.runs() <= runs.size();
    }

    StagePage page(int from, int limit) {
        List<StageDetail> page = new ArrayList<>();
        int stage = from;
        for (; stage < graph.stages && page.size() < limit && steps > 0; stage++, steps--) {
            page.add(detail(stage));
        }
        return new StagePage(
                name,
                state(),
                graph.paused,
                graph.stages,
                graph.open,
                graph.failure,
                graph.failures.size(),
                page,
                stage < graph.stages ? OptionalInt.of(stage) : OptionalInt.empty());
    }

    /** The graph as a load, with the first {@code limit} of the stages that have not ended. */
    OpenGraph load(int limit) {
        List<StageLoad> open = new ArrayList<>();
        steps = STEPS_OF_LOAD;
        boolean begun = graph.open < graph.stages;
        for (int stage = 0; stage < graph.stages && open.size() < limit && steps > 0 && goesOn(); stage++) {
            StageBlock block = graph.block(stage);
            int place = Graph.placeOf(stage);
            steps -= place == 0 ? STEPS_OF_BLOCK : 0;
            if (!block.hasEnded(place)) {
                steps--;
                StageLoad load = load(stage, block, place);
                begun |= load.ready() + load.blocked() < load.tasks();
                open.add(load);
            }
        }
        return new OpenGraph(name, goesOn(), begun || !goesOn(), graph.open, open);
    }

    private StageLoad load(int stage, StageBlock block, int place) {
        StageProgress progress = block.progress(place);
        tally(progress, block, place);
        List<Integer> after = new ArrayList<>();
        int[] before = dependencies.of(stage);
        for (int i = 0; i < before.length && i < MOST_DEPENDENCIES; i++, steps--) {
            int other = StageBlock.stageOf(before[i]);
            if (!graph.block(other).hasEnded(Graph.placeOf(other))) {
                after.add(other);
            }
        }
        // Tasks that nobody looked at wait for nothing but what the stage waits for.
        int waiting = ready + backingOff;
        int others = progress.tasks() - progress.succeeded() - progress.failed() - running - waiting;
        GraphStage definition = block.stages[place];
        return new StageLoad(
                stage,
                progress.name(),
                progress.firstTask(),
                progress.tasks(),
                after.isEmpty() ? waiting + others : waiting,
                running,
                after.isEmpty() ? 0 : others,
                definition.priority(),
                definition.needs(),
                definition.pool(),
                after,
                definition.hosts(),
                definition.timeout());
    }

    private GraphPhase state() {
        if (ended) {
            boolean stopped = graph.cancelled || graph.open > 0;
            return !graph.failure.isEmpty() ? GraphPhase.FAILED : stopped ? GraphPhase.CANCELLED : GraphPhase.SUCCEEDED;
        }
        return switch (graph.phase) {
            case RUNNING -> GraphPhase.RUNNING;
            case COMMITTING -> GraphPhase.COMMITTING;
            case CLEANING_UP -> GraphPhase.CLEANING_UP;
        };
    }

    private StageDetail detail(int stage) {
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        StageProgress progress = block.progress(place);
        int[] before = dependencies.of(stage);
        tally(progress, block, place);
        if (progress.state() == StageProgress.State.RUNNING && goesOn() && job != null) {
            park(job, block, place);
        }
        return new StageDetail(
                stage,
                progress.name(),
                progress.firstTask(),
                progress.tasks(),
                progress.state(),
                progress.waitsFor(),
                progress.succeeded(),
                progress.failed(),
                block.status(place) == StageBlock.KILLED,
                block.stages[place].pool(),
                ready,
                parked,
                Optional.ofNullable(limit),
                running,
                backingOff,
                backingOff == 0 ? OptionalLong.empty() : backoffEnd(progress),
                exact,
                before.length,
                edges(before),
                cause(block, place, before));
    }

    /** Counts the tasks of a stage by what they do, as far as they may run. */
    private void tally(StageProgress progress, StageBlock block, int place) {
        ready = 0;
        running = 0;
        backingOff = 0;
        parked = 0;
        limit = null;
        exact = true;
        if (progress.state() == StageProgress.State.RUNNING && goesOn() && job != null) {
            count(job, block, place);
        }
    }

    private boolean goesOn() {
        return !ended && graph.phase == Graph.Phase.RUNNING;
    }

    private List<StageEdge> edges(int[] before) {
        int shown = Math.min(MOST_DEPENDENCIES, before.length);
        steps -= shown;
        return Arrays.stream(before, 0, shown)
                .mapToObj(edge -> new StageEdge(StageBlock.stageOf(edge), StageBlock.isEach(edge)))
                .toList();
    }

    /** Counts the tasks of a stage by what they wait for, those with the same past together. */
    private void count(Job of, StageBlock block, int place) {
        int base = block.firstTask(place);
        int last = block.tasks(place) - 1;
        int open = 0;
        int stretches = 0;
        for (int task = 0; task <= last; stretches++) {
            if (stretches == MOST_STRETCHES) {
                exact = false;
                break;
            }
            long marked = graph.marks(block, place, task);
            long seen = of.seen.stretch(base + task);
            int mark = (int) (marked >> 32);
            int end = Math.min(last, Math.min((int) marked, (int) seen - base));
            if (mark < Graph.SUCCEEDED) {
                if ((int) (seen >> 32) >= Math.max(0, mark)) {
                    open += end - task + 1;
                } else if (mark > 0) {
                    backingOff += end - task + 1;
                }
            }
            task = end + 1;
        }
        steps -= stretches + runs.size() / RUNS_OF_A_STEP;
        ready += overlap(runs, base, base + last);
        exact &= allRuns;
        ready = exact ? ready : Math.min(ready, open);
        running = open - ready;
    }

    /** Counts those of the ready tasks that wait for a limit. */
    private void park(Job of, StageBlock block, int place) {
        Map<String, Long> needs = block.stages[place].holds();
        LimitedTasks tasks = of.isPaused() ? null : limits.tasks(of, needs);
        limit = tasks == null ? null : limits.waits(of, tasks);
        if (tasks == null || limit == null) {
            return;
        }
        List<Run> waiting = parkedRuns.get(needs);
        if (waiting == null) {
            waiting = behind(tasks.granted, tasks.queue.firstRuns(MOST_RUNS));
            parkedRuns.put(needs, waiting);
        }
        int base = block.firstTask(place);
        parked = Math.min(ready, overlap(waiting, base, base + block.tasks(place) - 1));
        limit = parked == 0 ? null : limit;
    }

    /** The runs without the first tasks. */
    private static List<Run> behind(int tasks, List<Run> runs) {
        List<Run> rest = new ArrayList<>();
        int left = tasks;
        for (Run run : runs) {
            int skipped = Math.min(left, run.count());
            left -= skipped;
            if (skipped < run.count()) {
                rest.add(new Run(run.first() + skipped, run.count() - skipped, run.attempt()));
            }
        }
        return rest;
    }

    private static int overlap(List<Run> runs, int first, int last) {
        int sum = 0;
        for (Run run : runs) {
            int from = Math.max(first, run.first());
            sum += Math.max(0, Math.min(last, run.first() + run.count() - 1) - from + 1);
        }
        return sum;
    }

    private OptionalLong backoffEnd(StageProgress stage) {
        long earliest = Long.MAX_VALUE;
        int end = stage.firstTask() + stage.tasks();
        TaskFailures.Kept kept = graph.failures.next(stage.firstTask(), end);
        for (int looked = 0; kept != null && looked < MOST_BACKOFFS; looked++, steps--) {
            if (kept.retryAge() >= 0 && !clock.passed(0, kept.retryAge())) {
                earliest = Math.min(earliest, kept.retryAge());
            }
            kept = graph.failures.next(kept.index() + 1, end);
        }
        return earliest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(clock.timeOf(earliest));
    }

    /** The first dependency that has not ended or, if the stage was killed, that has not succeeded. */
    private Optional<StageCause> cause(StageBlock block, int place, int[] before) {
        boolean killed = block.status(place) == StageBlock.KILLED;
        if (block.hasEnded(place) && !killed) {
            return Optional.empty();
        }
        for (int i = 0; i < before.length && i < MOST_DEPENDENCIES; i++, steps--) {
            int stage = StageBlock.stageOf(before[i]);
            StageBlock other = graph.block(stage);
            int at = Graph.placeOf(stage);
            if (other.hasEnded(at) == killed && !other.hasSucceeded(at)) {
                return Optional.of(new StageCause(
                        stage,
                        other.stages[at].name(),
                        StageBlock.isEach(before[i]),
                        other.tasks(at),
                        other.ended(at),
                        other.status(at) == StageBlock.KILLED));
            }
        }
        return Optional.empty();
    }
}
