package io.yardmaster.bench.core;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.replay.engine.StateInMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** A fleet in virtual time on which the groups of a recorded trace, each with endless work, share the resources by {@code fairness=drf} (L3). */
public final class SharedFleet {
    /** The fleet has room for so many tasks of mean needs. */
    private static final int ROOM = 2_000;
    /** Each group has at least so many waiting tasks. */
    private static final int BACKLOG = 2_000;

    private static final int MOST_OF_JOB = 1_000;
    private static final int ENDS_PER_FLUSH = 5_000;
    private static final int DISPATCHED_PER_TICK = 100_000;

    private record Running(DispatchedTask task, RecordedNeeds.Tasks of, long since, long ends) {}

    /** A group, the place in its trace, and the units that it holds. */
    private static final class GroupBacklog {
        final long id;
        final List<RecordedNeeds.Tasks> work;
        final Map<String, Long> held = new TreeMap<>();
        /** By resource: units times ms. */
        final Map<String, Double> had = new TreeMap<>();

        int next;
        long waiting;

        GroupBacklog(long id, List<RecordedNeeds.Tasks> work) {
            this.id = id;
            this.work = work;
        }
    }

    private final Map<String, Long> resources;
    private final Scheduler scheduler;
    private final Budget budget;
    private final Map<String, GroupBacklog> groups = new TreeMap<>();
    private final Map<Long, GroupBacklog> byId = new HashMap<>();
    private final Map<Long, RecordedNeeds.Tasks> jobs = new HashMap<>();
    private final PriorityQueue<Running> running = new PriorityQueue<>(
            (a, b) -> a.ends != b.ends ? Long.compare(a.ends, b.ends) : Long.compare(a.task.id(), b.task.id()));
    private long latestJob;
    private long now;
    private long begun;

    /** A fleet on which nothing runs. */
    public SharedFleet(RecordedNeeds needs) {
        resources = needs.capacities(ROOM);
        Map<String, Long> limits = new HashMap<>();
        resources.forEach((resource, units) -> limits.put(LimitKeys.named(resource), units));
        Policy policy = new Policy(
                ROOM,
                Policy.DEFAULT.commitPerCycle(),
                Policy.DEFAULT.cleanupPerCycle(),
                Policy.DEFAULT.finalizingExpiry(),
                Policy.DEFAULT.dedupExpiry(),
                Fairness.DRF);
        scheduler = new Scheduler(policy, new StateInMemory(), 0);
        scheduler.follow(new LivePolicy(Map.of(), limits));
        budget = new Budget(DISPATCHED_PER_TICK, Map.of(), Budget.NO_FLOOR, limits);
        for (String name : needs.groups()) {
            GroupBacklog group = new GroupBacklog(groups.size() + 1, needs.of(name));
            groups.put(name, group);
            byId.put(group.id, group);
        }
    }

    /** Lets so many tasks of each group end. */
    public void run(long tasks) {
        Map<Long, Long> left = new HashMap<>();
        byId.keySet().forEach(id -> left.put(id, tasks));
        long ended = 0;
        while (!left.isEmpty()) {
            groups.values().forEach(this::refill);
            while (scheduler.tick(now, budget, this::decided) > 0) {
                groups.values().forEach(this::refill);
            }
            Running first = running.remove();
            pass(first.ends);
            end(first);
            left.computeIfPresent(first.task.group(), (group, more) -> more == 1 ? null : more - 1);
            if (++ended % ENDS_PER_FLUSH == 0) {
                scheduler.flush();
            }
        }
    }

    private void refill(GroupBacklog group) {
        while (group.waiting < BACKLOG) {
            RecordedNeeds.Tasks tasks = group.work.get(group.next);
            group.next = (group.next + 1) % group.work.size();
            int count = Math.min(MOST_OF_JOB, tasks.count());
            long job = ++latestJob;
            jobs.put(job, tasks);
            group.waiting += count;
            GraphStage stage = new GraphStage(
                    "s", count, List.of(), GraphStage.When.ALL, 1, 0, 0, tasks.needs(), GraphStage.NO_PAYLOAD);
            scheduler.apply(
                    new Event.GraphSubmitted(
                            group.id,
                            job,
                            Event.GraphSubmitted.ANY_SESSION,
                            0,
                            false,
                            false,
                            OnFailure.STOP,
                            List.of(stage),
                            0,
                            1,
                            now,
                            null),
                    this::decided);
        }
    }

    private void decided(Decision decision) {
        if (decision instanceof DispatchedTask task) {
            RecordedNeeds.Tasks of = jobs.get(task.job());
            GroupBacklog group = byId.get(task.group());
            group.waiting--;
            of.needs().forEach((resource, units) -> group.held.merge(resource, units, Long::sum));
            running.add(new Running(task, of, now, now + of.millis()));
        }
    }

    private void pass(long until) {
        double millis = until - now;
        for (GroupBacklog group : groups.values()) {
            group.held.forEach((resource, units) -> group.had.merge(resource, units * millis, Double::sum));
        }
        now = until;
    }

    private void end(Running ended) {
        DispatchedTask task = ended.task;
        GroupBacklog group = byId.get(task.group());
        ended.of.needs().forEach((resource, units) -> group.held.merge(resource, -units, Long::sum));
        scheduler.apply(Event.AssignmentEnded.of(task, TaskEnd.SUCCEEDED, now, now - ended.since), this::decided);
    }

    /** Forgets what groups have had, which was before shares were in balance. */
    public void beginMeasurement() {
        begun = now;
        groups.values().forEach(group -> group.had.clear());
    }

    /** By group: the largest part that it has had of a resource. */
    public Map<String, Double> dominantShares() {
        Map<String, Double> shares = new TreeMap<>();
        groups.forEach((name, group) -> shares.put(
                name,
                group.had.entrySet().stream()
                        .mapToDouble(had -> had.getValue() / resources.get(had.getKey()) / (now - begun))
                        .max()
                        .orElse(0)));
        return shares;
    }
}
