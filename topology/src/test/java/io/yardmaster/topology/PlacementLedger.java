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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Books of the pools of one partition, which are kept as simply as can be, from what placement has read and written in committed
 * transactions. It throws at the first decision that breaks a rule: P1, P4, that gangs start whole (P5), and that each offered task gets one
 * place, is given back, or waits.
 */
final class PlacementLedger {
    private static final long SILENT_MS = 10_000;
    private static final long RELEASED_MS = 40_000;
    private static final long AHEAD_MS = 5_000;
    private static final long MOST_BETWEEN_MS = 2_000;

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

        Task(Offer offer, int place) {
            this.offer = offer;
            this.place = place;
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
    /** The tasks that had a place once, in any session. */
    private final Set<String> started = new HashSet<>();

    private long session = -1;
    private long wallClock;
    private long paused;
    /** What happened, for tests of the simulation itself. */
    int placed;

    int lost;
    int gangs;

    /** @param jobs knows the stages of tasks */
    PlacementLedger(PlacedJobs jobs) {
        this.jobs = jobs;
    }

    /** Takes in one committed step. */
    void take(PlacedTransaction.Step step) {
        Outputs written = new Outputs(step.outputs());
        if (step instanceof PlacedTransaction.Opened opened) {
            wallClock = opened.time();
            paused = 0;
            machines.values().forEach(machine -> machine.seen = now());
        } else if (step instanceof PlacedTransaction.Ticked ticked) {
            paused += Math.max(0, ticked.time() - wallClock - MOST_BETWEEN_MS);
            wallClock = ticked.time();
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

    private long now() {
        return wallClock - paused;
    }

    private void begin(long newer) {
        if (newer > session) {
            session = newer;
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
        tasks.remove(task.assignment());
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
            default -> {}
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
        }
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
        Collection<Task> begun = new ArrayList<>();
        for (Record<?, ?> record : written.takeAssignments()) {
            begun.add(assign(record));
        }
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
