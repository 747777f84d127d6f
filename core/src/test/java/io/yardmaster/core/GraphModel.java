package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One job with a graph, as the decisions about it tell; it checks each of them when the call that made it is over. */
public final class GraphModel {
    final long job;
    final GraphSketch graph;
    final Map<Integer, TaskEnd> ends = new HashMap<>();
    private final Map<Integer, Integer> attempts = new HashMap<>();
    /** Tasks, with their kind and attempt, that were offered in this session and not refused. */
    private final Set<String> offered = new HashSet<>();

    private final Set<String> out = new HashSet<>();
    /** Tasks that were refused, or were dispatched and had not ended when their session was over, and not offered again: a job that fails meanwhile forgets them. */
    private final Set<String> inLimbo = new HashSet<>();

    private final Map<JobMilestone, Integer> milestones = new EnumMap<>(JobMilestone.class);
    int failures;
    boolean paused;
    boolean cancelled;

    public GraphModel(long job, GraphSketch graph) {
        this.job = job;
        this.graph = graph;
    }

    int reached(JobMilestone milestone) {
        return milestones.getOrDefault(milestone, 0);
    }

    public boolean hasEnded() {
        return reached(JobMilestone.ENDED) > 0;
    }

    private boolean goesOn() {
        return graph.onFailure() == OnFailure.CONTINUE;
    }

    /** Returns whether the rules say exactly how each task ends, in whatever order outcomes come. */
    boolean isCertain() {
        return goesOn() && !cancelled;
    }

    public void beginSession() {
        offered.clear();
        inLimbo.addAll(out);
        out.clear();
    }

    /** Takes the decisions of one call about this job. */
    public void take(List<Decision> decisions, long session) {
        List<Runnable> checks = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision instanceof DispatchedTask made) {
                checks.add(() -> assertThat(made.session()).isEqualTo(session));
                offer(made, checks);
            } else if (decision instanceof Decision.TasksKilled it) {
                kill(it, checks);
            } else if (decision instanceof Decision.Ended it) {
                end(it.assignment());
            } else if (decision instanceof Decision.Failed) {
                failures++;
            } else if (decision instanceof Decision.Reached it) {
                milestones.merge(it.milestone(), 1, Integer::sum);
            } else if (decision instanceof Decision.GraphRefused it) {
                throw new AssertionError("refused: " + it.reason());
            }
        }
        checks.forEach(Runnable::run);
        assertThat(failures).as("failures of job %s", job).isLessThanOrEqualTo(1);
        assertThat(reached(JobMilestone.ENDED)).as("ends of job %s", job).isLessThanOrEqualTo(1);
        assertThat(reached(JobMilestone.BEGAN)).isLessThanOrEqualTo(1);
    }

    /** Follows a command that was carried out. */
    public void obeyed(Command command) {
        paused = command == Command.PAUSE || (paused && command == Command.SET_PRIORITY);
        cancelled |= command == Command.CANCEL;
    }

    /** The job that a decision is about; -1 if it is about none, or does not concern graphs. */
    public static long jobOf(Decision decision) {
        if (decision instanceof DispatchedTask it) {
            return it.job();
        } else if (decision instanceof Decision.Ended it) {
            return it.assignment().job();
        } else if (decision instanceof Decision.TasksKilled it) {
            return it.job();
        } else if (decision instanceof Decision.Failed it) {
            return it.job();
        } else if (decision instanceof Decision.Reached it) {
            return it.job();
        } else if (decision instanceof Decision.GraphRefused it) {
            return it.job();
        }
        return -1;
    }

    private static String name(TaskKind kind, int index, int attempt) {
        return kind + " " + index + " " + attempt;
    }

    private void offer(DispatchedTask made, List<Runnable> checks) {
        String name = name(made.kind(), made.taskIndex(), made.attempt());
        String what = "job " + job + " " + name;
        assertThat(offered.add(name)).as("%s is offered once", what).isTrue();
        out.add(name);
        inLimbo.remove(name);
        assertThat(hasEnded()).as("%s comes before the job's end", what).isFalse();
        assertThat(paused).as("%s while the job is paused", what).isFalse();
        if (made.kind() == TaskKind.CLEANUP) {
            assertThat(graph.hasCleanup() && (cancelled || failures == 1))
                    .as(what)
                    .isTrue();
            return;
        }
        assertThat(cancelled).as("%s of a cancelled job", what).isFalse();
        if (made.kind() == TaskKind.COMMIT) {
            assertThat(graph.hasCommit() && failures == 0).as(what).isTrue();
            return;
        }
        int task = made.taskIndex();
        GraphStage stage = NaiveGraph.stageOf(graph.stages(), task);
        assertThat(ends).as("%s has ended", what).doesNotContainKey(task);
        assertThat(made.attempt()).as(what).isEqualTo(attempts.getOrDefault(task, 0));
        assertThat(made.stage().name()).isEqualTo(stage.name());
        assertThat(made.stage().payload()).hasSize(stage.payload().length);
        assertThat(failures == 0 || stage.when() == When.ENDED)
                .as("%s after the job's failure", what)
                .isTrue();
        checks.add(() -> assertThat(judge(task)).as("%s may run", what).isTrue());
    }

    private void kill(Decision.TasksKilled killed, List<Runnable> checks) {
        assertThat(killed.reason()).isNotEmpty().doesNotContain("\n");
        for (int i = 0; i < killed.count(); i++) {
            int task = killed.first() + i;
            assertThat(ends.putIfAbsent(task, TaskEnd.KILLED))
                    .as("task %s of job %s", task, job)
                    .isNull();
            if (isCertain()) {
                checks.add(() -> assertThat(judge(task))
                        .as("task %s of job %s may run", task, job)
                        .isFalse());
            }
        }
    }

    private void end(Event.AssignmentEnded ended) {
        String name = name(ended.kind(), ended.taskIndex(), ended.attempt());
        assertThat(out.remove(name)).as("job %s %s was out", job, name).isTrue();
        if (ended.end() == TaskEnd.REFUSED) {
            offered.remove(name);
            inLimbo.add(name);
        } else if (ended.kind() == TaskKind.TASK) {
            int task = ended.taskIndex();
            attempts.put(task, ended.attempt() + 1);
            GraphStage stage = NaiveGraph.stageOf(graph.stages(), task);
            // A job that has failed retries nothing but what runs in any case.
            boolean last = ended.attempt() + 1 >= stage.attempts() || (failures > 0 && !runsInAnyCase(stage));
            if (ended.end() != TaskEnd.FAILED || last) {
                ends.putIfAbsent(task, ended.end());
            }
        }
    }

    /** Returns whether the failure of the job leaves a stage alone: if nothing waits for the end of another stage, the job ends at once. */
    private boolean runsInAnyCase(GraphStage stage) {
        return stage.when() == When.ENDED
                && graph.stages().stream()
                        .anyMatch(other ->
                                other.when() == When.ENDED && !other.after().isEmpty());
    }

    /** Returns whether a task may run; null if something that it waits for has not ended. */
    private Boolean judge(int task) {
        GraphStage stage = NaiveGraph.stageOf(graph.stages(), task);
        int number = task - NaiveGraph.first(graph.stages(), stage.name());
        int good = 0;
        for (Dependency dependency : stage.after()) {
            int first = NaiveGraph.first(graph.stages(), dependency.stage());
            int from = dependency.each() ? first + number : first;
            int to = dependency.each()
                    ? from + 1
                    : first + NaiveGraph.stageOf(graph.stages(), first).tasks();
            boolean succeeded = true;
            for (int other = from; other < to; other++) {
                if (!ends.containsKey(other)) {
                    return null;
                }
                succeeded &= ends.get(other) == TaskEnd.SUCCEEDED;
            }
            good += succeeded ? 1 : 0;
        }
        return switch (stage.when()) {
            case ALL -> good == stage.after().size();
            case ANY -> good > 0 || stage.after().isEmpty();
            case ENDED -> true;
        };
    }

    /**
     * Checks what is certain at the end, when everything was answered.
     *
     * @param forgets whether nobody may tell the ends of tasks that had not ended when their job did
     */
    public void checkEnd(NaiveGraph.Outcomes outcomes, boolean forgets) {
        assertThat(reached(JobMilestone.BEGAN)).isEqualTo(1);
        assertThat(reached(JobMilestone.ENDED)).as("ends of job %s", job).isEqualTo(1);
        assertThat(failures == 1 && reached(JobMilestone.SUCCEEDED) == 1).isFalse();
        if (cancelled) {
            return;
        }
        assertThat(failures + reached(JobMilestone.SUCCEEDED))
                .as("results of job %s", job)
                .isEqualTo(1);
        if (inLimbo.isEmpty() && (out.isEmpty() || !forgets)) {
            assertThat(ends).as("tasks of job %s that have ended", job).hasSize(graph.tasks());
        }
        NaiveGraph naive = new NaiveGraph(graph.stages(), outcomes);
        boolean good = naive.isGood();
        if (goesOn()) {
            assertThat(ends).as("ends of the tasks of job %s", job).isEqualTo(naive.ends());
            assertThat(reached(JobMilestone.COMMITTING) > 0).isEqualTo(good && graph.hasCommit());
        }
        boolean commits = !graph.hasCommit() || outcomes.of(-1, 0) == TaskEnd.SUCCEEDED;
        assertThat(reached(JobMilestone.SUCCEEDED)).as("job %s succeeds", job).isEqualTo(good && commits ? 1 : 0);
        assertThat(reached(JobMilestone.CLEANING_UP) > 0).isEqualTo(failures == 1 && graph.hasCleanup());
    }
}
