package io.yardmaster.replay.forecast;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.replay.engine.StateInMemory;
import io.yardmaster.replay.engine.VirtualPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A scheduler of production in a state like the present one, which can be opened again and again. */
final class PresentScheduler {
    /** A tick without a decision may be followed by one with: limits decide about what the first one found. */
    static final int QUIET_TICKS = 2;

    /** More units than anything holds, and few enough that sums of them fit. */
    private static final long WIDE = 1L << 40;

    private final Policy policy;
    private final LivePolicy live;
    private final Map<Long, PresentGraph> graphs = new LinkedHashMap<>();
    private final List<DispatchedTask> running = new ArrayList<>();
    private final StateInMemory state = new StateInMemory();

    PresentScheduler(PresentState present) {
        this.policy = VirtualPolicy.of(present.policy());
        Map<String, Long> limits = new TreeMap<>(present.live().limits());
        limits.put(LimitKeys.ofPool(PresentGraph.APART), WIDE);
        this.live = present.live().withLimits(limits);
        Map<Long, Integer> known = new HashMap<>();
        present.running().forEach(task -> known.merge(task.job(), 1, Integer::sum));
        present.jobs().forEach(job -> {
            PresentGraph graph =
                    new PresentGraph(job, known.getOrDefault(job.view().job(), 0));
            if (!graph.isEmpty()) {
                graphs.put(job.view().job(), graph);
            }
        });
        begin(present.now());
    }

    /**
     * Brings the jobs into the scheduler: running tasks are dispatched without regard to limits, and then waiting tasks become ready, job by job.
     */
    private void begin(long now) {
        Map<String, Long> wide = new TreeMap<>();
        live.limits().keySet().forEach(key -> wide.put(key, WIDE));
        graphs.values().forEach(graph -> graph.keys().forEach(key -> wide.put(key, WIDE)));
        Scheduler scheduler = new Scheduler(policy, state, 0);
        scheduler.follow(live.withLimits(wide).withoutRates());
        Map<Long, DispatchedTask> gates = new HashMap<>();
        graphs.values().forEach(graph -> scheduler.apply(graph.submitted(now), decision -> {}));
        int quiet = 0;
        while (quiet < QUIET_TICKS) {
            int before = gates.size() + running.size();
            scheduler.tick(now, new Budget(0, Map.of(), Budget.NO_FLOOR, wide), decision -> take(decision, gates));
            quiet = gates.size() + running.size() == before ? quiet + 1 : 0;
        }
        scheduler.follow(live);
        for (long job : graphs.keySet()) {
            DispatchedTask gate = gates.get(job);
            if (gate != null) {
                scheduler.apply(Event.AssignmentEnded.of(gate, TaskEnd.SUCCEEDED, now, 0), decision -> {});
            }
        }
        scheduler.flush();
    }

    private void take(Decision decision, Map<Long, DispatchedTask> gates) {
        if (decision instanceof DispatchedTask task && task.stage() != null) {
            if (PresentGraph.isGate(task.stage())) {
                gates.put(task.job(), task);
            } else {
                running.add(task);
            }
        }
    }

    /** A scheduler in this state of its own. */
    Scheduler open() {
        Scheduler scheduler = new Scheduler(policy, new StateInMemory(state), 0);
        scheduler.follow(live);
        return scheduler;
    }

    /** Returns whether tasks of pools may wait for a rate. */
    boolean ratesPools() {
        return !live.poolRates().isEmpty();
    }

    /** The capacities of the limits by key. */
    Map<String, Long> limits() {
        return live.limits();
    }

    /** The tasks that run, as this scheduler dispatched them. */
    List<DispatchedTask> running() {
        return running;
    }

    PresentGraph graph(long job) {
        return graphs.get(job);
    }
}
