package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A {@link CoreFixture} to which jobs come as graphs. Decisions are read as text: {@code killed J.1-3}, {@code stop J.2} for tasks
 * that execution managers shall stop and {@code stop J} for all of them, {@code J failed}, {@code J ENDED}.
 */
final class GraphFixture {
    /** After this many ticks without an offer nothing is left to offer, although large graphs go on in later ticks. */
    private static final int QUIET_TICKS = 4;

    private static final int MOST_TICKS = 100_000;

    final CoreFixture core;
    private final Map<String, GraphSketch> graphs = new HashMap<>();
    private int read;

    GraphFixture(CoreFixture core) {
        this.core = core;
    }

    static GraphFixture withActiveJobs(int activeJobs) {
        return new GraphFixture(CoreFixture.withActiveJobs(activeJobs));
    }

    static GraphSketch graph() {
        return new GraphSketch();
    }

    /** Submits a graph in one part, and returns the news. */
    List<String> submit(String job, GraphSketch graph) {
        return submit(job, graph, 1);
    }

    List<String> submit(String job, GraphSketch graph, int parts) {
        graphs.put(job, graph);
        graph.events(core.id(job), core.now(), parts).forEach(core::apply);
        return news();
    }

    List<String> send(Event.GraphSubmitted part) {
        core.apply(part);
        return news();
    }

    GraphFixture restart() {
        core.restart();
        return this;
    }

    List<String> tick() {
        return core.tick(1_000);
    }

    List<String> tick(int budget) {
        return core.tick(budget);
    }

    /**
     * Has a job of group 1 and three of group 2 wait in a pool that offers one task in a tick.
     *
     * @param then takes each task that was offered
     * @return the turns of group 1 in 150 ticks
     */
    int turnsOfOneJobBesideThree(String pool, Consumer<String> then) {
        submit("A", graph().pooled("a", 200, "", pool, Map.of()).group(1));
        for (String job : List.of("B", "C", "D")) {
            submit(job, graph().pooled("a", 200, "", pool, Map.of()).group(2));
        }
        int turns = 0;
        for (int i = 0; i < 150; i++) {
            List<String> offered = tick();
            assertThat(offered).hasSize(1);
            turns += core.latest(offered.get(0)).group() == 1 ? 1 : 0;
            then.accept(offered.get(0));
        }
        return turns;
    }

    GraphFixture pass(long seconds) {
        core.pass(Duration.ofSeconds(seconds));
        return this;
    }

    /** The latest assignments with these texts succeed. Returns the news. */
    List<String> succeed(String... texts) {
        return end(TaskEnd.SUCCEEDED, "", texts);
    }

    List<String> fail(String... texts) {
        return end(TaskEnd.FAILED, "", texts);
    }

    List<String> failBecause(String reason, String text) {
        return end(TaskEnd.FAILED, reason, text);
    }

    List<String> kill(String... texts) {
        return end(TaskEnd.KILLED, "", texts);
    }

    List<String> refuse(String... texts) {
        return end(TaskEnd.REFUSED, "", texts);
    }

    private List<String> end(TaskEnd end, String reason, String... texts) {
        for (String text : texts) {
            String answer = core.outcome(end, core.latest(text), reason);
            if (!answer.equals(end.toString())) {
                throw new AssertionError("the outcome of " + text + " does not count: " + answer);
            }
        }
        return news();
    }

    /** Answers all that is offered until nothing is: these fail, in every attempt, and all others succeed. */
    List<String> run(String... failing) {
        Set<String> fail = Set.of(failing);
        return runWith(made -> {
            String text = core.text(made).replaceFirst("#.*", "");
            return fail.contains(text) ? TaskEnd.FAILED : TaskEnd.SUCCEEDED;
        });
    }

    /** Answers all that is offered until nothing is. Returns the offers in order. */
    List<String> runWith(Function<DispatchedTask, TaskEnd> outcome) {
        List<String> offered = new ArrayList<>();
        int quiet = 0;
        for (int tick = 0; quiet < QUIET_TICKS; tick++) {
            if (tick > MOST_TICKS) {
                throw new AssertionError("tasks are offered without end");
            }
            int before = core.log().assignments().size();
            offered.addAll(tick());
            List<DispatchedTask> made = List.copyOf(core.log()
                    .assignments()
                    .subList(before, core.log().assignments().size()));
            quiet = made.isEmpty() ? quiet + 1 : 0;
            made.forEach(one -> core.outcome(outcome.apply(one), one));
        }
        return offered;
    }

    /** Ticks until the waiting commit and cleanup tasks are offered. */
    void drainCommits() {
        core.drain();
        news();
    }

    /** The decisions since the last call, but for offers, outcomes, and places in the rotation. */
    List<String> news() {
        List<Decision> all = core.log().all();
        List<String> news = all.subList(read, all.size()).stream()
                .map(this::text)
                .filter(text -> !text.isEmpty())
                .toList();
        read = all.size();
        return news;
    }

    private String text(Decision decision) {
        if (decision instanceof Decision.Reached it) {
            return core.name(it.job()) + " " + it.milestone();
        } else if (decision instanceof Decision.TasksKilled it) {
            return "killed " + tasks(it.job(), it.first(), it.count());
        } else if (decision instanceof Decision.KillRunning it) {
            return "stop " + (it.first() < 0 ? core.name(it.job()) : tasks(it.job(), it.first(), it.count()));
        } else if (decision instanceof Decision.Failed it) {
            return core.name(it.job()) + " failed";
        } else if (decision instanceof Decision.GraphRefused it) {
            return core.name(it.job()) + " refused";
        } else if (decision instanceof Decision.Dropped it) {
            return "dropped " + core.name(it.job()) + " " + it.reason();
        } else if (decision instanceof Decision.Obeyed it) {
            return it.command() + " " + core.name(it.job());
        } else if (decision instanceof Decision.CommandDropped it) {
            return it.command() + " " + core.name(it.job()) + " " + it.reason();
        } else if (decision instanceof Decision.SessionBegan it) {
            return "session " + it.session();
        }
        return "";
    }

    private String tasks(long job, int first, int count) {
        String start = core.name(job) + "." + first;
        return count == 1 ? start : start + "-" + (first + count - 1);
    }

    /** The reasons of all refusals, kills and failures of a job, in order. */
    List<String> reasons(String job) {
        long id = core.id(job);
        List<String> reasons = new ArrayList<>();
        for (Decision decision : core.log().all()) {
            if (decision instanceof Decision.TasksKilled it && it.job() == id) {
                reasons.add(it.reason());
            } else if (decision instanceof Decision.GraphRefused it && it.job() == id) {
                reasons.add(it.reason());
            } else if (decision instanceof Decision.Failed it && it.job() == id) {
                reasons.add(it.reason());
            }
        }
        return reasons;
    }

    /** The last states of all tasks of a job that have ended: by an outcome, or because they were killed before they ran. */
    Map<Integer, TaskEnd> ends(String job) {
        long id = core.id(job);
        List<GraphStage> stages = graphs.get(job).stages();
        Map<Integer, TaskEnd> ends = new TreeMap<>();
        for (Decision decision : core.log().all()) {
            if (decision instanceof Decision.TasksKilled it && it.job() == id) {
                for (int task = it.first(); task < it.first() + it.count(); task++) {
                    ends.putIfAbsent(task, TaskEnd.KILLED);
                }
            } else if (decision instanceof Decision.Ended it
                    && it.assignment().job() == id
                    && it.assignment().kind() == TaskKind.TASK
                    && isLast(it.assignment(), stages)) {
                ends.putIfAbsent(it.assignment().taskIndex(), it.assignment().end());
            }
        }
        return ends;
    }

    private static boolean isLast(Event.AssignmentEnded ended, List<GraphStage> stages) {
        return switch (ended.end()) {
            case REFUSED -> false;
            case SUCCEEDED, KILLED -> true;
            case FAILED ->
                ended.attempt() + 1
                        == NaiveGraph.stageOf(stages, ended.taskIndex()).attempts();
        };
    }

    /** The tasks of a job with this end, as text. */
    String tasks(String job, TaskEnd end) {
        return ends(job).entrySet().stream()
                .filter(entry -> entry.getValue() == end)
                .map(entry -> entry.getKey().toString())
                .collect(Collectors.joining(","));
    }

    String passed(String job) {
        return tasks(job, TaskEnd.SUCCEEDED);
    }

    String killed(String job) {
        return tasks(job, TaskEnd.KILLED);
    }

    /** The tasks of a job that execution managers were told to stop one by one. */
    Set<Integer> stopped(String job) {
        long id = core.id(job);
        Set<Integer> stopped = new TreeSet<>();
        for (Decision decision : core.log().all()) {
            if (decision instanceof Decision.KillRunning it && it.job() == id) {
                for (int task = it.first(); task < it.first() + it.count(); task++) {
                    stopped.add(task);
                }
            }
        }
        return stopped;
    }

    /** Returns the number of times that a job reached a milestone. */
    long reached(JobMilestone milestone, String job) {
        Decision wanted =
                new Decision.Reached(milestone, core.id(job), graphs.get(job).group());
        return core.log().all().stream().filter(wanted::equals).count();
    }

    /** The texts {@code J.from}, …, {@code J.(to - 1)}. */
    static String[] texts(String job, int from, int to) {
        String[] texts = new String[to - from];
        Arrays.setAll(texts, i -> job + "." + (from + i));
        return texts;
    }
}
