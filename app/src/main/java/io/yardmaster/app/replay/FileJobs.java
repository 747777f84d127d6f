package io.yardmaster.app.replay;

import io.yardmaster.app.jobs.JobPlan;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import io.yardmaster.replay.traces.JobNumbers;
import io.yardmaster.replay.traces.StageRuns;
import io.yardmaster.topology.GraphEvents;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Jobs of files that do not say when they were submitted: all come at once, at the time 0, in the order of their files. */
final class FileJobs implements Day {
    private static final long DEFAULT_GROUP = 1;
    private static final double SECOND = 1_000;

    private final Iterator<JobPlan> plans;
    private final JobNumbers jobs;

    FileJobs(List<JobPlan> plans, JobNumbers jobs) {
        this.plans = plans.iterator();
        this.jobs = jobs;
    }

    @Override
    public Optional<TimedEvent> next() {
        return plans.hasNext() ? Optional.of(submitted(plans.next())) : Optional.empty();
    }

    private TimedEvent submitted(JobPlan plan) {
        List<GraphStage> stages = plan.stages().stream().map(GraphEvents::stage).toList();
        StageRuns runs = new StageRuns(stages.size());
        for (int stage = 0; stage < stages.size(); stage++) {
            double seconds = plan.runtime(stage);
            long runtime = seconds > 0 ? Math.round(seconds * SECOND) : RecordedWork.UNKNOWN;
            runs.add(stages.get(stage).tasks(), runtime, RecordedWork.UNKNOWN, RecordedWork.UNKNOWN, plan.kind(stage));
        }
        JobPlan.Terms terms = plan.terms();
        Event event = new Event.GraphSubmitted(
                terms.group().orElse(DEFAULT_GROUP),
                jobs.next(),
                Event.GraphSubmitted.ANY_SESSION,
                terms.priority(),
                terms.commit(),
                terms.cleanup(),
                switch (terms.onFailure()) {
                    case STOP -> OnFailure.STOP;
                    case CONTINUE -> OnFailure.CONTINUE;
                },
                stages,
                0,
                1,
                0,
                null);
        return new TimedEvent(0, event, runs);
    }
}
