package io.yardmaster.topology;

import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OfferEnd;
import io.yardmaster.schemas.OfferKind;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Books of the pools of one partition, which are kept as simply as can be, from what placement has read and written in committed
 * transactions. It throws at the first decision that breaks a rule: P1, P4, that gangs start whole (P5), that each offered task gets one
 * place, is given back, or waits, and that tasks lose their places only to those of higher priority, whole gangs at a time, and so many as
 * the policy allows.
 */
final class PlacementLedger {
    private static final long SILENT_MS = 10_000;
    private static final long RELEASED_MS = 40_000;
    private static final long AHEAD_MS = 5_000;
    private static final long MOST_BETWEEN_MS = 2_000;
    private static final long MINUTE_MS = 60_000;

    private static final class Machine {
        private Host host;
        private long seen;

        Machine(Host host, long seen) {
            this.host = host;
            this.seen = seen;
        }
    }

    /** A task that waits or has a place. */
    private static final class Task {
        private final Offer offer;
        private final int place;
        private String host = "";
        private long incarnation;
        /** That with which it waits, or has started. */
        private int priority;

        Task(Offer offer, int place) {
            this.offer = offer;
            this.place = place;
            this.priority = offer.getPriority();
        }

        long assignment() {
            return offer.getAssignmentIds().get(place);
        }

        int index() {
            return offer.getFirstTask() + place;
        }

        String name() {
            return offer.getJobId() + "." + index();
        }

        boolean hasPlace() {
            return !host.isEmpty();
        }

        /** Returns whether both were offered as one gang. */
        @SuppressWarnings("ReferenceEquality") // an offer that came again is another one
        boolean isInGangOf(Task other) {
            return offer.getGang() && offer == other.offer;
        }

        @Override
        public String toString() {
            return "task %s of job %s#%s in session %s, assignment %s%s"
                    .formatted(
                            index(),
                            offer.getJobId(),
                            offer.getAttempt(),
                            offer.getSessionId(),
                            assignment(),
                            hasPlace() ? " on " + host : "");
        }
    }

    private final Map<String, Machine> machines = new TreeMap<>();
    private final Map<String, Long> released = new HashMap<>();
    private final Map<Long, Task> tasks = new TreeMap<>();
    private final PlacedJobs jobs;
    private final PlacedBroker broker;
    /** The tasks that had a place once, in any session. */
    private final Set<String> started = new HashSet<>();
    /** By task that has lost its place in this session, and has no other end, the attempt that is to come. */
    private final Map<String, Integer> again = new HashMap<>();
    /** By pool, the ms of the policy's minute that its tasks have used up by losing their places. */
    private final Map<String, Long> spent = new HashMap<>();

    private long session = -1;
    private long wallClock;
    private long paused;
    /** Counts of events, for tests of the simulation itself. */
    int placed;

    int lost;
    int gangs;
    int preempted;

    /**
     * Nothing yet.
     *
     * @param jobs knows the stages of tasks, and the policy
     * @param broker has the outcomes
     */
    PlacementLedger(PlacedJobs jobs, PlacedBroker broker) {
        this.jobs = jobs;
        this.broker = broker;
    }

    /** Takes in one committed step. */
    void take(PlacedTransaction.Step step) {
        Outputs written = new Outputs(step.outputs());
        if (step instanceof PlacedTransaction.Opened opened) {
            setClock(opened.time(), 0);
            machines.values().forEach(machine -> machine.seen = now());
        } else if (step instanceof PlacedTransaction.Ticked ticked) {
            setClock(ticked.time(), paused + Math.max(0, ticked.time() - wallClock - MOST_BETWEEN_MS));
            begin(ticked.published());
            tick(written);
        } else if (step instanceof PlacedTransaction.Processed processed) {
            if (processed.value() instanceof Host host) {
                heard(host, processed.refused(), written);
            } else {
                offered((Offer) processed.value(), written);
            }
        }
        written.checkEmpty(step);
    }

    private void setClock(long time, long pausedUntil) {
        long before = now();
        wallClock = time;
        paused = pausedUntil;
        long passed = Math.max(0, now() - before);
        spent.replaceAll((pool, owed) -> Math.max(0, owed - passed * jobs.preemptions(pool)));
    }

    private long now() {
        return wallClock - paused;
    }

    private void begin(long newer) {
        if (newer > session) {
            session = newer;
            again.clear();
            tasks.values().removeIf(task -> task.offer.getSessionId() < newer);
        }
    }

    private static String key(String pool, String host) {
        return pool + "/" + host;
    }

    private void heard(Host host, boolean refused, Outputs written) {
        String key = key(host.getPool(), host.getHost());
        Machine known = machines.get(key);
        boolean isOver = host.getIncarnation() <= released.getOrDefault(key, Long.MIN_VALUE);
        boolean isReplaced = known != null && host.getIncarnation() < known.host.getIncarnation();
        if (refused) {
            check(isOver || isReplaced || host.getAt().toEpochMilli() - wallClock > AHEAD_MS, "P4: refused: " + host);
            written.takeEnd(host);
            return;
        }
        check(!isOver && !isReplaced, "P4: an incarnation that is over has come back: " + host);
        if (known == null) {
            machines.put(key, new Machine(host, now()));
            released.remove(key);
        } else if (host.getIncarnation() > known.host.getIncarnation()) {
            on(key).forEach(task -> lose(task, written));
            known.host = host;
            known.seen = now();
        } else {
            known.host = host;
            known.seen = Math.max(known.seen, now());
        }
    }

    private List<Task> on(String key) {
        return tasks.values().stream()
                .filter(task -> key(task.offer.getPool(), task.host).equals(key))
                .toList();
    }

    private void lose(Task task, Outputs written) {
        lost++;
        check(written.takeKill(task.assignment()), "P4: no kill of " + task);
        check(written.takeReturned(task.assignment(), TaskResult.REFUSED), "P4: not given back: " + task);
        forget(task);
    }

    /** A task has lost its place. Unless its host has said before how it ended, it is tried again as the same attempt. */
    private void forget(Task task) {
        tasks.remove(task.assignment());
        TaskOutcome first = outcomes(task.assignment()).findFirst().orElseThrow();
        if (first.getWorker().equals("placement")) {
            again.put(task.name(), task.offer.getAttempt());
        }
    }

    private Stream<TaskOutcome> outcomes(long assignment) {
        int shard = new AssignmentIds(broker.shards).shardOf(assignment);
        return broker.input(shard, PlacedBroker.OUTCOMES).stream()
                .map(written -> (TaskOutcome) written.value())
                .filter(outcome -> outcome.getAssignmentId() == assignment);
    }

    private void offered(Offer offer, Outputs written) {
        begin(offer.getSessionId());
        if (offer.getSessionId() < session) {
            return;
        }
        switch (offer.getKind()) {
            case OFFERED -> add(offer);
            case ENDED -> offer.getEnds().forEach(end -> tasks.remove(end.getAssignmentId()));
            case KILLED, RECALLED -> {
                boolean killed = offer.getKind() == OfferKind.KILLED;
                for (Task task : waiting(offer.getPool(), offer.getJobId())) {
                    if (isMeant(offer, task)) {
                        giveBack(task, killed ? TaskResult.KILLED : TaskResult.REFUSED, written);
                    }
                }
            }
            default -> waiting(offer.getPool(), offer.getJobId()).forEach(task -> task.priority = offer.getPriority());
        }
        dropBrokenGangs(offer);
    }

    /** A gang of which one member does not wait any more does not wait either. */
    private void dropBrokenGangs(Offer ended) {
        if (ended.getKind() == OfferKind.ENDED) {
            for (OfferEnd end : ended.getEnds()) {
                tasks.values()
                        .removeIf(task -> task.offer.getGang()
                                && !task.hasPlace()
                                && task.offer.getAssignmentIds().contains(end.getAssignmentId()));
            }
        }
    }

    private static boolean isMeant(Offer withdrawal, Task task) {
        if (withdrawal.getTasks() == 0) {
            return true;
        }
        int size = task.offer.getGang() ? task.offer.getAssignmentIds().size() : 1;
        int first = task.offer.getGang() ? task.offer.getFirstTask() : task.index();
        return first < withdrawal.getFirstTask() + withdrawal.getTasks() && withdrawal.getFirstTask() < first + size;
    }

    private void add(Offer offer) {
        for (int place = 0; place < offer.getAssignmentIds().size(); place++) {
            Task task = new Task(offer, place);
            for (Task other : tasks.values()) {
                boolean isSame = other.offer.getJobId() == offer.getJobId() && other.index() == task.index();
                check(!isSame, "offered twice: " + task + ", and " + other);
            }
            tasks.put(task.assignment(), task);
            Integer attempt = again.remove(task.name());
            check(
                    attempt == null || attempt == offer.getAttempt(),
                    "has lost its place as attempt %s, and is offered as %s".formatted(attempt, task));
        }
        long group = offer.getResourceGroupId();
        check(
                group == PlacedJobs.FICKLE_GROUP || offer.getPreemptible() == jobs.isPreemptible(group),
                "the policy says whether it may lose its place: " + offer);
        int ofStage = jobs.stageOf(offer.getJobId(), offer.getFirstTask()).getTasks();
        if (offer.getGang() && offer.getAssignmentIds().size() < ofStage) {
            for (int place = 0; place < offer.getAssignmentIds().size(); place++) {
                Task task = new Task(offer, place);
                check(started.contains(task.name()), "P5: offered without the rest of its gang: " + task);
            }
        }
    }

    private List<Task> waiting(String pool, long job) {
        return tasks.values().stream()
                .filter(task -> !task.hasPlace() && task.offer.getPool().equals(pool) && task.offer.getJobId() == job)
                .toList();
    }

    private void giveBack(Task task, TaskResult result, Outputs written) {
        check(written.takeReturned(task.assignment(), result), "not given back: " + task);
        tasks.remove(task.assignment());
    }

    private void tick(Outputs written) {
        // Pools that are paused give back what waits there, first of all.
        for (Task task : List.copyOf(tasks.values())) {
            if (!task.hasPlace() && written.takeReturned(task.assignment(), TaskResult.REFUSED)) {
                tasks.remove(task.assignment());
            }
        }
        for (Machine machine : List.copyOf(machines.values())) {
            if (now() - machine.seen > RELEASED_MS) {
                String key = key(machine.host.getPool(), machine.host.getHost());
                on(key).forEach(task -> lose(task, written));
                machines.remove(key);
                released.put(key, machine.host.getIncarnation());
            }
        }
        List<Record<?, ?>> assignments = written.takeAssignments();
        Map<Task, String> victims = takeVictims(written);
        Collection<Task> begun = new ArrayList<>();
        for (Record<?, ?> record : assignments) {
            begun.add(assign(record));
        }
        victims.forEach((victim, reason) -> checkVictim(victim, reason, begun));
        for (Task task : begun) {
            if (task.offer.getGang()) {
                check(
                        begun.stream()
                                        .filter(other -> other.offer.equals(task.offer))
                                        .count()
                                == task.offer.getAssignmentIds().size(),
                        "P5: a part of a gang has started: " + task);
                gangs++;
            }
        }
    }

    /** The tasks that lose their places although their hosts are there, with the reasons. */
    private Map<Task, String> takeVictims(Outputs written) {
        Map<Task, String> victims = new LinkedHashMap<>();
        for (Task task : List.copyOf(tasks.values())) {
            if (task.hasPlace() && written.takeKill(task.assignment())) {
                check(written.takeReturned(task.assignment(), TaskResult.REFUSED), "not given back: " + task);
                String reason = outcomes(task.assignment())
                        .filter(outcome -> outcome.getWorker().equals("placement"))
                        .findFirst()
                        .orElseThrow()
                        .getReason();
                victims.put(task, reason);
                forget(task);
            }
        }
        return victims;
    }

    private void checkVictim(Task victim, String reason, Collection<Task> begun) {
        Task by = begun.stream()
                .filter(task -> reason.startsWith(
                        "preempted for task %s of job %s, ".formatted(task.index(), task.offer.getJobId())))
                .findFirst()
                .orElse(null);
        check(by != null, "P4: has lost its place for no reason, %s: %s".formatted(reason, victim));
        String pool = victim.offer.getPool();
        check(by.offer.getPool().equals(pool), "preempted for a task of another pool: " + victim);
        check(victim.offer.getPreemptible(), "preempted although it must not be: " + victim);
        check(
                victim.priority < by.priority,
                "preempted with priority %s: %s, for %s".formatted(victim.priority, victim, by));
        check(reason.endsWith(", of priority " + by.priority), "the priority is %s: %s".formatted(by.priority, reason));
        check(
                tasks.values().stream().noneMatch(other -> other.hasPlace() && other.isInGangOf(victim)),
                "preempted without the rest of its gang: " + victim);
        preempted++;
        long owed = spent.merge(pool, MINUTE_MS, Long::sum);
        check(
                owed <= jobs.preemptions(pool) * MINUTE_MS,
                "preempted, though more than %s in a minute were: %s".formatted(jobs.preemptions(pool), victim));
    }

    private Task assign(Record<?, ?> record) {
        TaskAssignment made = (TaskAssignment) record.value();
        Task task = tasks.get(made.getAssignmentId());
        check(task != null, "P3: does not wait: " + made);
        check(!task.hasPlace(), "P1: has a place already: " + task);
        check(
                made.getTaskIndex() == task.index()
                        && made.getJobId() == task.offer.getJobId()
                        && made.getSessionId() == session
                        && made.getAttempt() == task.offer.getAttempt()
                        && made.getNeeds().equals(task.offer.getNeeds()),
                "offered was " + task + ", and assigned " + made);
        String key = key(made.getPool(), made.getHost());
        Machine machine = machines.get(key);
        check(machine != null, "P1: no such host: " + made);
        Host host = machine.host;
        check(
                HostHeaders.name(record.headers(), host.getHost(), host.getIncarnation())
                        && ((PlacedKey) record.key()).partition() == host.getDispatchPartition(),
                "P4: not to the present incarnation of the host: " + made);
        check(now() - machine.seen <= SILENT_MS, "P4: the host is silent: " + made);
        check(
                host.getLabels().entrySet().containsAll(task.offer.getLabels().entrySet()),
                "P1: the host's labels do not fit: " + made);
        started.add(task.name());
        task.host = made.getHost();
        task.incarnation = host.getIncarnation();
        placed++;
        task.offer.getNeeds().forEach((resource, amount) -> {
            long booked = on(key).stream()
                    .mapToLong(each -> each.offer.getNeeds().getOrDefault(resource, 0L))
                    .sum();
            check(
                    booked <= host.getTotal().getOrDefault(resource, 0L),
                    "P1: %s %s booked on %s".formatted(booked, resource, host));
        });
        check(
                on(key).stream().allMatch(each -> each.incarnation == host.getIncarnation()),
                "P4: bookings of an older incarnation on " + host);
        return task;
    }

    /** Returns whether a task has its place by this assignment. */
    boolean isPlaced(long assignment) {
        Task task = tasks.get(assignment);
        return task != null && task.hasPlace();
    }

    /** All tasks that wait or have places. */
    Collection<?> open() {
        return List.copyOf(tasks.values());
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** The records of one step, each of which must be accounted for. */
    private static final class Outputs {
        private final List<Record<?, ?>> left;

        Outputs(List<Record<?, ?>> records) {
            left = new ArrayList<>(records);
        }

        boolean takeKill(long assignment) {
            return left.removeIf(record -> record.value() instanceof Kill kill && kill.getAssignmentId() == assignment);
        }

        boolean takeReturned(long assignment, TaskResult result) {
            return left.removeIf(record -> record.value() instanceof TaskOutcome outcome
                    && outcome.getAssignmentId() == assignment
                    && outcome.getResult() == result);
        }

        List<Record<?, ?>> takeAssignments() {
            List<Record<?, ?>> assignments = left.stream()
                    .filter(record -> record.value() instanceof TaskAssignment)
                    .toList();
            left.removeAll(assignments);
            return assignments;
        }

        void takeEnd(Host host) {
            left.removeIf(record -> record.value() == null
                    && HostHeaders.name(record.headers(), host.getHost(), host.getIncarnation()));
        }

        void checkEmpty(PlacedTransaction.Step step) {
            check(left.isEmpty(), "for no reason placement wrote " + left + " in " + step);
        }
    }
}
