package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.torture.checker.HostEvidence.Beat;
import io.yardmaster.torture.checker.HostEvidence.Ended;
import io.yardmaster.torture.checker.HostEvidence.Placed;
import io.yardmaster.torture.checker.HostEvidence.Read;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Decides from the topics alone whether the placement of a pool kept P1, P4 and P5, and whether each task that could run did. It shares
 * no code with the scheduler, and does not know the faults. The checker takes the scheduler's knowledge of hosts at a decision from the offsets that it
 * had committed, so that the scheduler may be as slow as it likes.
 */
public final class HostChecker {
    /**
     * A host that is silent for longer, while the scheduler commits, gets nothing. The rule says 10 s; but each instance that gets placement
     * anew takes nobody for silent at first.
     */
    private static final long MOST_SILENT_MS = 35_000;

    /** The scheduler commits more often, as there are heartbeats. If not, it stands still, and afterwards takes nobody for silent. */
    private static final long LONGEST_BETWEEN_COMMITS_MS = 3_000;

    /** A host that is silent for less keeps its tasks: the rule says 40 s, by a clock that looks a few times a second. */
    private static final long LEAST_SILENT_MS = 35_000;

    private final HostEvidence evidence;
    private final Verdict verdict;
    /** By assignment, the first outcome and the first one by a host. */
    private final Map<Long, Ended> firstEnds = new HashMap<>();

    private final Map<Long, Ended> firstEndsByHosts = new HashMap<>();
    private final PreemptionRule preemption;
    /** By host and incarnation. */
    private final Map<String, NavigableMap<Long, List<Beat>>> beats = new HashMap<>();

    private HostChecker(HostEvidence evidence, Verdict verdict) {
        this.evidence = evidence;
        this.verdict = verdict;
        this.preemption = new PreemptionRule(evidence, verdict, firstEnds);
        evidence.ended().stream().sorted(Comparator.comparingLong(Ended::time)).forEach(ended -> {
            long id = ended.outcome().getAssignmentId();
            firstEnds.putIfAbsent(id, ended);
            if (!ended.isGivenBack()) {
                firstEndsByHosts.putIfAbsent(id, ended);
            }
        });
        evidence.beats().stream().sorted(Comparator.comparingLong(Beat::time)).forEach(beat -> beats.computeIfAbsent(
                        beat.host().getHost(), host -> new TreeMap<>())
                .computeIfAbsent(beat.host().getIncarnation(), incarnation -> new ArrayList<>())
                .add(beat));
    }

    /**
     * The result of the check.
     *
     * @param placed the number of assignments
     * @param givenBack how many of them lost their place
     * @param gangs the number of gangs that started
     * @param preempted how many assignments lost their places to tasks of higher priority
     */
    public record Result(Verdict verdict, int placed, int givenBack, int gangs, int preempted) {}

    /** Reads the topics of the deployment with these settings. Nobody writes there any more, and all jobs have had time to end. */
    public static Result check(Map<String, String> settings, String pool) {
        return judge(HostEvidenceReader.read(settings, pool));
    }

    static Result judge(HostEvidence evidence) {
        Verdict verdict = new Verdict();
        HostChecker checker = new HostChecker(evidence, verdict);
        checker.checkHosts();
        checker.checkRoom();
        checker.checkPlaces();
        int givenBack = checker.checkGivenBack();
        int gangs = checker.checkGangs();
        int preempted = checker.preemption.check();
        checker.checkEnds();
        return new Result(verdict, evidence.placed().size(), givenBack, gangs, preempted);
    }

    private List<Beat> beatsOf(Placed placed) {
        return beats.getOrDefault(placed.task().getHost(), new TreeMap<>())
                .getOrDefault(placed.incarnation(), List.of());
    }

    /** When the next incarnation of its host was first heard of. */
    private long nextIncarnation(Placed placed) {
        return ofNextIncarnation(placed, Beat::time);
    }

    /** The offset of the first heartbeat of the next incarnation of its host. */
    private long nextIncarnationAt(Placed placed) {
        return ofNextIncarnation(placed, Beat::offset);
    }

    /** The least value of all first heartbeats of later incarnations; the largest number if there are none. */
    private long ofNextIncarnation(Placed placed, ToLongFunction<Beat> value) {
        return beats
                .getOrDefault(placed.task().getHost(), new TreeMap<>())
                .tailMap(placed.incarnation(), false)
                .values()
                .stream()
                .mapToLong(each -> value.applyAsLong(each.get(0)))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The scheduler decided a record of this time after a transaction that had committed before, and knew all that it had read. */
    private long readBefore(long time) {
        return evidence.read().stream()
                .filter(read -> read.time() < time)
                .mapToLong(Read::below)
                .max()
                .orElse(0);
    }

    /** The last time at which the host was heard of for sure by somebody who decided before a time. */
    private long lastBeatKnown(Placed placed, long time) {
        long read = readBefore(time);
        return beatsOf(placed).stream()
                .filter(beat -> beat.offset() < read)
                .mapToLong(Beat::time)
                .max()
                .orElse(Long.MIN_VALUE / 2);
    }

    /** Returns the time that the scheduler has worked without a break while it might have heard of the host and did not. */
    private long silence(Placed placed) {
        long lastBeat = beatsOf(placed).stream()
                .mapToLong(Beat::time)
                .filter(beat -> beat <= placed.time())
                .max()
                .orElse(placed.time());
        long silence = 0;
        long before = lastBeat;
        for (Read read : evidence.read()) {
            if (read.time() > before && read.time() < placed.time()) {
                long between = read.time() - before;
                silence = between > LONGEST_BETWEEN_COMMITS_MS ? 0 : silence + between;
                before = read.time();
            }
        }
        return silence;
    }

    private Stage stageOf(long job, int task) {
        int behind = 0;
        for (Stage stage : evidence.graphs().get(job).getStages()) {
            behind += stage.getTasks();
            if (task < behind) {
                return stage;
            }
        }
        throw new IllegalStateException("job %s has no task %s".formatted(job, task));
    }

    private void checkHosts() {
        for (Placed placed : evidence.placed()) {
            Stage stage = stageOf(placed.task().getJobId(), placed.task().getTaskIndex());
            List<Beat> known = beatsOf(placed);
            if (known.isEmpty() || known.get(0).time() > placed.time()) {
                verdict.add(Wrong.WRONG_HOST, "no such host: " + placed);
                continue;
            }
            Map<String, String> labels = known.get(0).host().getLabels();
            if (!labels.entrySet().containsAll(stage.getLabels().entrySet())
                    || !placed.task().getNeeds().equals(stage.getNeeds())) {
                verdict.add(Wrong.WRONG_HOST, "%s, for a task of %s".formatted(placed, stage));
            }
            if (nextIncarnationAt(placed) < readBefore(placed.time())) {
                verdict.add(Wrong.GONE_HOST, "the host had started anew: " + placed);
            }
            if (silence(placed) > MOST_SILENT_MS) {
                verdict.add(Wrong.GONE_HOST, "the host was silent: " + placed);
            }
        }
    }

    /** When a place was free again at the latest by what the scheduler may have read: never later than it knew. */
    private long freedAt(Placed placed) {
        Ended end = firstEnds.get(placed.task().getAssignmentId());
        long newerSession = evidence.sessions().entrySet().stream()
                .filter(session -> session.getKey() > placed.task().getSessionId())
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(Long.MAX_VALUE);
        long ended = Math.min(
                end == null ? Long.MAX_VALUE : end.time(),
                preemption.freedAt(placed.task().getAssignmentId()));
        return Math.min(ended, Math.min(newerSession, nextIncarnation(placed)));
    }

    private record Change(long time, String host, long incarnation, String resource, long amount) {}

    private void checkRoom() {
        List<Change> changes = new ArrayList<>();
        for (Placed placed : evidence.placed()) {
            long freed = freedAt(placed);
            placed.task().getNeeds().forEach((resource, amount) -> {
                if (freed > placed.time()) {
                    String host = placed.task().getHost();
                    changes.add(new Change(placed.time(), host, placed.incarnation(), resource, amount));
                    changes.add(new Change(freed, host, placed.incarnation(), resource, -amount));
                }
            });
        }
        changes.sort(Comparator.comparingLong(Change::time).thenComparingLong(Change::amount));
        Map<List<Object>, Long> used = new HashMap<>();
        for (Change change : changes) {
            long now = used.merge(
                    List.of(change.host(), change.incarnation(), change.resource()), change.amount(), Long::sum);
            // A host that drains has nothing in its last heartbeats, but keeps its tasks.
            long total =
                    beats
                            .getOrDefault(change.host(), new TreeMap<>())
                            .getOrDefault(change.incarnation(), List.of())
                            .stream()
                            .mapToLong(beat -> beat.host().getTotal().getOrDefault(change.resource(), 0L))
                            .max()
                            .orElse(0);
            if (change.amount() > 0 && now > total) {
                verdict.add(Wrong.OVERBOOKED, "%s booked, of %s: %s".formatted(now, total, change));
            }
        }
    }

    private void checkPlaces() {
        Map<List<Object>, Placed> latest = new HashMap<>();
        evidence.placed().stream()
                .sorted(Comparator.comparingLong(Placed::time))
                .forEach(placed -> {
                    Placed before = latest.put(
                            List.of(
                                    placed.task().getJobId(),
                                    placed.task().getSessionId(),
                                    placed.task().getTaskIndex()),
                            placed);
                    if (before != null) {
                        Ended end = firstEnds.get(before.task().getAssignmentId());
                        if (end == null || end.time() > placed.time()) {
                            verdict.add(Wrong.BOOKED_TWICE, "%s, though %s had not ended".formatted(placed, before));
                        }
                    }
                });
    }

    private int checkGivenBack() {
        Map<Long, Placed> byAssignment = new HashMap<>();
        evidence.placed().forEach(placed -> byAssignment.put(placed.task().getAssignmentId(), placed));
        int count = 0;
        for (Ended ended : evidence.ended()) {
            Placed placed = byAssignment.get(ended.outcome().getAssignmentId());
            if (placed != null && ended.isGivenBack() && !PreemptionRule.isAbout(ended)) {
                count++;
                boolean isRestarted = nextIncarnation(placed) <= ended.time();
                boolean isSilent = ended.time() - lastBeatKnown(placed, ended.time()) >= LEAST_SILENT_MS;
                if (!isRestarted && !isSilent) {
                    verdict.add(
                            Wrong.RELEASED_EARLY,
                            "%s by %s".formatted(placed, ended.outcome().getReason()));
                }
            }
        }
        return count;
    }

    /** Nobody sees an assignment before those of its transaction are there: so none of a gang's first ones is behind an outcome of another. */
    private int checkGangs() {
        int gangs = 0;
        for (JobGraph graph : evidence.graphs().values()) {
            int first = 0;
            for (Stage stage : graph.getStages()) {
                if (stage.getGang()) {
                    gangs += checkGang(graph.getJobId(), first, stage.getTasks()) ? 1 : 0;
                }
                first += stage.getTasks();
            }
        }
        return gangs;
    }

    private boolean checkGang(long job, int first, int tasks) {
        List<Placed> ofGang = evidence.placed().stream()
                .filter(placed -> placed.task().getJobId() == job
                        && placed.task().getTaskIndex() >= first
                        && placed.task().getTaskIndex() < first + tasks)
                .sorted(Comparator.comparingLong(Placed::time))
                .toList();
        if (ofGang.isEmpty()) {
            return false;
        }
        long session = ofGang.get(0).task().getSessionId();
        Map<Integer, Placed> firsts = new TreeMap<>();
        ofGang.stream()
                .filter(placed -> placed.task().getSessionId() == session)
                .forEach(placed -> firsts.putIfAbsent(placed.task().getTaskIndex(), placed));
        long latest = firsts.values().stream().mapToLong(Placed::time).max().orElseThrow();
        long earliestEnd = firsts.values().stream()
                .map(placed -> firstEndsByHosts.get(placed.task().getAssignmentId()))
                .mapToLong(end -> end == null ? Long.MAX_VALUE : end.time())
                .min()
                .orElseThrow();
        if (firsts.size() < tasks || latest > earliestEnd) {
            verdict.add(
                    Wrong.GANG_IN_PARTS,
                    "job %s: %s of %s tasks from %s on started, the last one %s ms after an end"
                            .formatted(job, firsts.size(), tasks, first, latest - earliestEnd));
        }
        return true;
    }

    private void checkEnds() {
        Set<Long> succeeded = new HashSet<>();
        Set<Long> cancelled = new HashSet<>();
        for (JobEvent event : evidence.told()) {
            if (event.getWhat() == JobEventKind.JOB_SUCCEEDED && !succeeded.add(event.getJobId())) {
                verdict.add(Wrong.CONTRADICTION, "job %s has succeeded twice".formatted(event.getJobId()));
            } else if (event.getWhat() == JobEventKind.JOB_CANCELLED) {
                cancelled.add(event.getJobId());
            }
        }
        Set<List<Object>> done = new HashSet<>();
        evidence.ended().stream()
                .filter(ended -> ended.outcome().getResult() == TaskResult.SUCCEEDED)
                .forEach(ended -> done.add(
                        List.of(ended.outcome().getJobId(), ended.outcome().getTaskIndex())));
        for (JobGraph graph : evidence.graphs().values()) {
            long job = graph.getJobId();
            if (!succeeded.contains(job) && !cancelled.contains(job)) {
                verdict.add(Wrong.LOST, "job %s has not succeeded".formatted(job));
            }
            int tasks = graph.getStages().stream().mapToInt(Stage::getTasks).sum();
            for (int task = 0; task < tasks && succeeded.contains(job); task++) {
                if (!done.contains(List.<Object>of(job, task))) {
                    verdict.add(Wrong.WRONG_END, "job %s has succeeded without task %s".formatted(job, task));
                }
            }
        }
    }
}
