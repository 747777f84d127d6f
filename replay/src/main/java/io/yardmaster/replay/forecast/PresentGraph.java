package io.yardmaster.replay.forecast;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.core.view.JobView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rest of a job as a graph that a scheduler can take: each stage is cut into the tasks that run, those that are ready, and those that
 * wait for other stages. The ready ones wait for a gate, a task of the graph's own; when it ends, they are ready in the scheduler, too.
 * Tasks that wait, directly or not, for stages that were not looked at are left out: nobody knows when these end.
 */
final class PresentGraph {
    /** The pool of the gates, and of tasks of the default pool that run already: they need no free slot. */
    static final String APART = "(present)";

    private static final String GATE = "gate";
    private static final char RUNNING = 'r';
    private static final char READY = 'w';
    private static final char BLOCKED = 'b';

    private final JobLoad job;
    private final List<StageLoad> loads;
    private final List<GraphStage> stages = new ArrayList<>();

    /** @param running tasks of the job that are known to run; its graph, if it has one, knows better */
    PresentGraph(JobLoad job, int running) {
        this.job = job;
        this.loads = loads(job, running);
        boolean starts = job.view().state() != JobView.State.PAUSED
                && job.view().state() != JobView.State.FINALIZING
                && job.graph().map(OpenGraph::goesOn).orElse(true);
        for (StageLoad load : loads) {
            if (load.running() > 0) {
                String pool = load.pool().isEmpty() ? APART : load.pool();
                add(load, RUNNING, load.running(), List.of(), pool, HostDemand.NONE);
            }
        }
        if (starts && loads.stream().anyMatch(load -> load.ready() + load.blocked() > 0)) {
            stages.add(new GraphStage(
                    GATE, 1, List.of(), GraphStage.When.ALL, 1, 0, 0, 0, Map.of(), APART, GraphStage.NO_PAYLOAD));
            Set<Integer> known = known();
            loads.forEach(load -> addWaiting(load, known));
        }
    }

    private static List<StageLoad> loads(JobLoad job, int running) {
        if (job.graph().isPresent()) {
            return job.graph().get().stages();
        }
        int waiting = (int) Math.min(Integer.MAX_VALUE / 2, job.view().bufferedTasks());
        return List.of(new StageLoad(
                0, "", 0, Integer.MAX_VALUE, waiting, running, 0, 0, Map.of(), "", List.of(), HostDemand.NONE, 0));
    }

    /** The numbers of the stages that wait for no stage that was not looked at. */
    private Set<Integer> known() {
        Set<Integer> known = new HashSet<>();
        loads.forEach(load -> known.add(load.number()));
        int before;
        do {
            before = known.size();
            loads.stream()
                    .filter(load -> load.blocked() > 0 && !known.containsAll(load.after()))
                    .forEach(load -> known.remove(load.number()));
        } while (known.size() < before);
        return known;
    }

    private void addWaiting(StageLoad load, Set<Integer> known) {
        if (load.ready() > 0) {
            add(load, READY, load.ready(), List.of(GATE), load.pool(), load.hosts());
        }
        if (load.blocked() > 0 && known.contains(load.number())) {
            add(load, BLOCKED, load.blocked(), before(load), load.pool(), load.hosts());
        }
    }

    private void add(StageLoad load, char part, int tasks, List<String> after, String pool, HostDemand asked) {
        // Tasks of a gang that comes in parts have a place each.
        HostDemand hosts = new HostDemand(asked.amounts(), asked.labels(), asked.gang() && tasks == load.tasks());
        stages.add(new GraphStage(
                        name(part, load.number()),
                        tasks,
                        after.stream()
                                .map(stage -> new GraphStage.Dependency(stage, false))
                                .toList(),
                        GraphStage.When.ALL,
                        1,
                        0,
                        load.timeout(),
                        load.priority(),
                        load.needs(),
                        pool,
                        GraphStage.NO_PAYLOAD)
                .withNeeds(load.needs(), pool, hosts));
    }

    /** The gate, and the parts of the stages that a stage waits for. */
    private List<String> before(StageLoad waiting) {
        List<String> names = new ArrayList<>(List.of(GATE));
        for (StageLoad load : loads) {
            if (waiting.after().contains(load.number())) {
                if (load.running() > 0) {
                    names.add(name(RUNNING, load.number()));
                }
                if (load.ready() > 0) {
                    names.add(name(READY, load.number()));
                }
                if (load.blocked() > 0) {
                    names.add(name(BLOCKED, load.number()));
                }
            }
        }
        return names;
    }

    private static String name(char part, int stage) {
        return part + Integer.toString(stage);
    }

    static boolean isGate(GraphStage stage) {
        return stage.name().equals(GATE);
    }

    /** The stage of the job of which this one is a part. */
    StageLoad load(GraphStage part) {
        int number = Integer.parseInt(part.name().substring(1));
        return loads.stream()
                .filter(load -> load.number() == number)
                .findFirst()
                .orElseThrow();
    }

    JobLoad job() {
        return job;
    }

    long group() {
        return job.view().group().orElse(0);
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }

    /** The keys of all limits that its tasks hold. */
    Set<String> keys() {
        Set<String> keys = new HashSet<>();
        stages.forEach(stage -> stage.holds().keySet().forEach(name -> keys.add(LimitKeys.held(name))));
        return keys;
    }

    Event.GraphSubmitted submitted(long now) {
        return new Event.GraphSubmitted(
                group(),
                job.view().job(),
                Event.GraphSubmitted.ANY_SESSION,
                job.view().priority(),
                false,
                false,
                OnFailure.STOP,
                stages,
                0,
                1,
                now,
                null);
    }
}
