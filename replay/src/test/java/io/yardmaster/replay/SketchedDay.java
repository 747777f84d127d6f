package io.yardmaster.replay;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.replay.traces.StageRuns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A day that a test writes down. */
public final class SketchedDay {
    private final List<TimedEvent> events = new ArrayList<>();
    private long jobs;

    /** A job of one stage. */
    public SketchedDay job(long at, long group, int tasks, long runtime) {
        return job(at, group, 0, List.of(stage("only", tasks)), runs(tasks, runtime));
    }

    public static StageRuns runs(int tasks, long runtime) {
        return new StageRuns(1).add(tasks, runtime, RecordedWork.UNKNOWN, RecordedWork.UNKNOWN, "");
    }

    public static GraphStage stage(String name, int tasks, String... after) {
        return stage(name, tasks, 1, 0, after);
    }

    public static GraphStage stage(String name, int tasks, int attempts, long backoff, String... after) {
        List<GraphStage.Dependency> waits = List.of(after).stream()
                .map(other -> new GraphStage.Dependency(other, false))
                .toList();
        return new GraphStage(name, tasks, waits, GraphStage.When.ALL, attempts, backoff, 0, GraphStage.NO_PAYLOAD);
    }

    /** The same stage, with tasks that need these units of limits. */
    public static GraphStage needing(GraphStage stage, Map<String, Long> needs) {
        return stage.withNeeds(needs, stage.pool(), stage.hosts());
    }

    public SketchedDay job(long at, long group, int priority, List<GraphStage> stages, RecordedWork work) {
        Event event = new Event.GraphSubmitted(
                group, ++jobs, -1, priority, false, false, OnFailure.STOP, stages, 0, 1, at, null);
        events.add(new TimedEvent(at, event, work));
        return this;
    }

    public SketchedDay event(long at, Event event, RecordedWork work) {
        events.add(new TimedEvent(at, event, work));
        return this;
    }

    /** Jobs of several groups, sizes and priorities, some of two stages. */
    public static SketchedDay random(long seed, int jobs) {
        Random random = new Random(seed);
        SketchedDay day = new SketchedDay();
        long at = 1_000_000;
        for (int job = 0; job < jobs; job++) {
            at += random.nextInt(5) == 0 ? random.nextInt(60_000) : random.nextInt(50);
            int first = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 3);
            int second = 1 + random.nextInt(4);
            long ready = random.nextBoolean() ? at : RecordedWork.UNKNOWN;
            StageRuns runs = new StageRuns(2)
                    .add(first, random.nextInt(20_000), ready, at + random.nextInt(10_000), "")
                    .add(second, random.nextInt(100), RecordedWork.UNKNOWN, RecordedWork.UNKNOWN, "");
            day.job(
                    at,
                    random.nextInt(7),
                    random.nextInt(3),
                    List.of(stage("first", first), stage("second", second, "first")),
                    runs);
        }
        return day;
    }

    public Day day() {
        Iterator<TimedEvent> left =
                events.stream().sorted(Comparator.comparingLong(TimedEvent::at)).iterator();
        return () -> left.hasNext() ? Optional.of(left.next()) : Optional.empty();
    }
}
