package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.torture.checker.HostEvidence.Ended;
import io.yardmaster.torture.checker.HostEvidence.Placed;
import io.yardmaster.torture.checker.HostEvidence.Read;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A task loses its place only to one of higher priority, if the policy says so of its group, with the rest of its gang, and is tried again as
 * the same attempt; and no more tasks do than the policy allows. Nobody changes priorities or the policy meanwhile.
 */
final class PreemptionRule {
    private static final Pattern REASON =
            Pattern.compile("preempted for task (\\d+) of job (\\d+), of priority (-?\\d+)");
    private static final long MINUTE_MS = 60_000;

    /** A decision may be so much older than its record. */
    private static final long LATE_MS = 30_000;

    private final HostEvidence evidence;
    private final Verdict verdict;
    private final Map<Long, Ended> firstEnds;
    private final Map<Long, Placed> byAssignment = new HashMap<>();
    private final Map<Long, Long> freed = new HashMap<>();

    /** @param firstEnds the first outcome of each assignment, filled before {@link #check} */
    PreemptionRule(HostEvidence evidence, Verdict verdict, Map<Long, Ended> firstEnds) {
        this.evidence = evidence;
        this.verdict = verdict;
        this.firstEnds = firstEnds;
        evidence.placed().forEach(placed -> byAssignment.put(placed.task().getAssignmentId(), placed));
        preempted().forEach(ended -> freed.merge(ended.outcome().getAssignmentId(), freedBy(ended), Math::min));
    }

    /** Returns whether a task has lost its place to another one. */
    static boolean isAbout(Ended ended) {
        return ended.isGivenBack()
                && REASON.matcher(ended.outcome().getReason()).matches();
    }

    private Stream<Ended> preempted() {
        return evidence.ended().stream()
                .filter(ended -> isAbout(ended)
                        && byAssignment.containsKey(ended.outcome().getAssignmentId()));
    }

    /** When an assignment lost its place at the latest. */
    long freedAt(long assignment) {
        return freed.getOrDefault(assignment, Long.MAX_VALUE);
    }

    /**
     * The records of a transaction are in no order, and other tasks than the one that asks for the place may get the room that a
     * whole gang leaves: so it is free from the beginning of the transaction on, which is later than what was committed before.
     */
    private long freedBy(Ended ended) {
        return evidence.read().stream()
                .mapToLong(Read::time)
                .filter(time -> time < ended.time())
                .max()
                .orElse(0);
    }

    /** The task to which a place was lost: its latest assignment until then, if there is one. */
    private Optional<Placed> by(Ended ended) {
        Matcher reason = reason(ended);
        List<Placed> all = evidence.placed().stream()
                .filter(placed -> placed.task().getJobId() == Long.parseLong(reason.group(2))
                        && placed.task().getTaskIndex() == Integer.parseInt(reason.group(1))
                        && placed.task().getSessionId() == ended.outcome().getSessionId())
                .sorted(Comparator.comparingLong(Placed::time))
                .toList();
        return all.stream()
                .filter(placed -> placed.time() <= ended.time())
                .reduce((earlier, later) -> later)
                .or(() -> all.stream().findFirst());
    }

    private static Matcher reason(Ended ended) {
        Matcher reason = REASON.matcher(ended.outcome().getReason());
        if (!reason.matches()) {
            throw new IllegalArgumentException("not preempted: " + ended);
        }
        return reason;
    }

    /** Returns how many tasks have lost their places to others. */
    int check() {
        List<Ended> all =
                preempted().sorted(Comparator.comparingLong(Ended::time)).toList();
        all.forEach(this::check);
        checkRate(all);
        return all.size();
    }

    private void check(Ended ended) {
        Placed victim = byAssignment.get(ended.outcome().getAssignmentId());
        int named = Integer.parseInt(reason(ended).group(3));
        JobGraph urgent = evidence.graphs().get(Long.parseLong(reason(ended).group(2)));
        int priority = evidence.graphs().get(victim.task().getJobId()).getPriority();
        if (by(ended).isEmpty() || urgent == null || urgent.getPriority() != named || priority >= named) {
            verdict.add(Wrong.PREEMPTED, "of priority %s, %s by %s".formatted(priority, victim, ended));
        }
        if (!isPreemptible(victim.task().getResourceGroupId())) {
            verdict.add(Wrong.PREEMPTED, "must not be: " + victim);
        }
        evidence.gangs()
                .getOrDefault(victim.task().getAssignmentId(), List.of())
                .forEach(other -> checkGang(ended, other));
        checkNext(ended, victim);
    }

    private boolean isPreemptible(long group) {
        return Stream.of("group/" + group, "default/group")
                .map(evidence.policy()::get)
                .filter(Objects::nonNull)
                .map(PolicyEntry::getPreemptible)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(false);
    }

    /** Another one of its gang lost its place, too, unless it had an outcome before. */
    private void checkGang(Ended ended, long other) {
        Ended first = firstEnds.get(other);
        if (!freed.containsKey(other) && (first == null || first.time() > ended.time())) {
            verdict.add(Wrong.PREEMPTED, "%s without %s of its gang".formatted(ended, byAssignment.get(other)));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same outcome may be written again
    private void checkNext(Ended ended, Placed victim) {
        if (firstEnds.get(victim.task().getAssignmentId()) != ended) {
            return; // Its host was the first to say how it ended, and that counts.
        }
        evidence.placed().stream()
                .filter(placed -> placed.task().getJobId() == victim.task().getJobId()
                        && placed.task().getSessionId() == victim.task().getSessionId()
                        && placed.task().getTaskIndex() == victim.task().getTaskIndex()
                        && placed.time() > ended.time())
                .min(Comparator.comparingLong(Placed::time))
                .filter(next -> next.task().getAttempt() != victim.task().getAttempt())
                .ifPresent(next -> verdict.add(Wrong.PREEMPTED, "%s is tried again as %s".formatted(victim, next)));
    }

    private void checkRate(List<Ended> all) {
        List<Long> most = new ArrayList<>();
        evidence.policy().forEach((key, entry) -> {
            if (key.startsWith("pool/") && entry.getPreemptions() != null) {
                most.add(entry.getPreemptions());
            }
        });
        long perMinute = most.isEmpty() ? 0 : Collections.max(most);
        for (int first = 0; first < all.size(); first++) {
            for (int last = first; last < all.size(); last++) {
                long time = all.get(last).time() - all.get(first).time() + LATE_MS;
                if ((last - first) * MINUTE_MS >= perMinute * (MINUTE_MS + time)) {
                    verdict.add(
                            Wrong.PREEMPTED,
                            "%s in %s ms, %s in a minute are allowed".formatted(last - first + 1, time, perMinute));
                    return;
                }
            }
        }
    }
}
