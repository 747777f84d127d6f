package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.Evidence.Unit;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The first outcome of each assignment counts, and no other: the events of its session tell of it once, with its result and its
 * reason, in the order of the outcomes. A shard reads its outcomes in the order of their offsets, and once it has heard of a newer
 * session it counts none of the older one; so of those that were not counted none is followed by one that was. In a complete session all were read before the next one began.
 * The task of a graph that one passes which writes no outcomes may also end well without any, at any time (O3).
 */
final class CountRule {
    private final Map<Long, Assigned> assignments;
    private final Map<EventKey, Deque<ToldEnd>> told = new HashMap<>();
    /** The ends of {@link #silent} units, in any order. */
    private final Map<EventKey, List<ToldEnd>> toldOfSilent = new HashMap<>();
    /** The units of graphs that were passed by an execution manager that writes no outcomes. */
    private final Set<Unit> silent;
    /** The time of the first event of each session. */
    private final TreeMap<Long, Long> begun = new TreeMap<>();

    private final Evidence evidence;
    private final Set<Long> complete;
    private final Verdict verdict;
    private final CountedOutcomes counted = new CountedOutcomes();

    /** Events of one kind about one job keep the order of what they tell. */
    private record EventKey(long session, long job, JobEventKind what) {}

    /** The end of one task in an event. */
    private record ToldEnd(Unit unit, String reason) {}

    private CountRule(Evidence evidence, Set<Long> complete, Verdict verdict) {
        this.evidence = evidence;
        this.complete = complete;
        this.verdict = verdict;
        // An id that is used twice is found by another rule.
        assignments = evidence.assigned().stream()
                .collect(Collectors.toMap(Assigned::id, Function.identity(), (one, other) -> one));
        silent = silentOf(evidence);
        evidence.ready().forEach(event -> begun.merge(event.session(), event.time(), Math::min));
        evidence.ends().forEach(event -> begun.merge(event.session(), event.time(), Math::min));
        evidence.graphs().values().forEach(graph -> begun.merge(graph.terms().session(), graph.time(), Math::min));
    }

    private static Set<Unit> silentOf(Evidence evidence) {
        Map<Integer, TreeMap<Long, Taken>> passed = new HashMap<>();
        evidence.taken().forEach(taken -> passed.computeIfAbsent(taken.partition(), partition -> new TreeMap<>())
                .putIfAbsent(taken.offset(), taken));
        return evidence.assigned().stream()
                .filter(one -> evidence.isGraph(one.job()))
                .filter(one -> {
                    var by = passed.getOrDefault(one.partition(), new TreeMap<>())
                            .higherEntry(one.offset());
                    return by != null && one.time() < by.getValue().speakingSince();
                })
                .map(Assigned::unit)
                .collect(Collectors.toSet());
    }

    static CountedOutcomes check(Evidence evidence, Stories stories, Set<Long> complete, Verdict verdict) {
        CountRule rule = new CountRule(evidence, complete, verdict);
        stories.jobs().forEach(job -> stories.of(job).forEach(rule::hear));
        evidence.reported().stream()
                .sorted(Comparator.comparingLong(ReportedOutcome::offset))
                .collect(Collectors.groupingBy(ReportedOutcome::partition))
                .values()
                .forEach(rule::readPartition);
        rule.told.forEach((key, ends) ->
                ends.forEach(end -> verdict.add(Wrong.MISCOUNTED, "%s tells of %s".formatted(key, end))));
        rule.toldOfSilent.forEach((key, ends) -> ends.stream()
                .filter(end -> key.what() != JobEventKind.TASKS_SUCCEEDED
                        || !end.reason().isEmpty())
                .forEach(end -> verdict.add(Wrong.MISCOUNTED, "%s tells of %s".formatted(key, end))));
        return rule.counted;
    }

    private void hear(Told event) {
        if (event.isEnd() && !(evidence.isGraph(event.job()) && GraphRule.isDecision(event))) {
            EventKey key = new EventKey(event.session(), event.job(), event.what());
            for (Unit unit : Stories.units(event)) {
                ToldEnd end = new ToldEnd(unit, Stories.endReason(event));
                if (silent.contains(unit)) {
                    toldOfSilent
                            .computeIfAbsent(key, first -> new ArrayList<>())
                            .add(end);
                } else {
                    told.computeIfAbsent(key, first -> new ArrayDeque<>()).add(end);
                }
            }
        }
    }

    private void readPartition(List<ReportedOutcome> partition) {
        Map<Long, ReportedOutcome> first = new LinkedHashMap<>();
        List<ReportedOutcome> ofWrongGroup = new ArrayList<>();
        for (ReportedOutcome outcome : partition) {
            if (!outcome.makesSense()) {
                counted.mustBeLetter(outcome);
                continue;
            }
            Assigned assigned = assignments.get(outcome.said().id());
            if (!outcome.isOf(assigned)) {
                continue;
            }
            if (outcome.said().group() == assigned.group()) {
                first.putIfAbsent(assigned.id(), outcome);
            } else if (!first.containsKey(assigned.id())) {
                ofWrongGroup.add(outcome);
            }
        }
        Map<Long, Long> lastCounted = new HashMap<>();
        first.values().stream()
                .collect(Collectors.groupingBy(outcome -> outcome.said().unit().session()))
                .forEach((session, due) -> lastCounted.put(session, readSession(session, due)));
        for (ReportedOutcome outcome : ofWrongGroup) {
            if (outcome.offset()
                    < lastCounted.getOrDefault(outcome.said().unit().session(), -1L)) {
                counted.mustBeLetter(outcome);
            } else {
                counted.mayBeLetter(outcome);
            }
        }
    }

    /** Returns the offset of the last outcome that was counted; -1 if there is none. */
    private long readSession(long session, List<ReportedOutcome> due) {
        long lastCounted = -1;
        List<ReportedOutcome> missing = new ArrayList<>();
        for (ReportedOutcome outcome : due) {
            if (isTold(outcome)) {
                counted.count(outcome);
                lastCounted = isOfSilent(outcome) ? lastCounted : outcome.offset();
            } else if (!isOfSilent(outcome)) {
                missing.add(outcome);
            }
        }
        boolean isComplete = complete.contains(session);
        long end = begun.tailMap(session, false).values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
        for (ReportedOutcome outcome : missing) {
            // A graph goes on when its session is complete, and so its latest outcomes may come too late for it.
            boolean mayBeLate = evidence.isGraph(outcome.said().unit().job()) && end < Long.MAX_VALUE;
            if (outcome.offset() < lastCounted || (isComplete && outcome.time() < end && !mayBeLate)) {
                verdict.add(Wrong.NOT_COUNTED, outcome.toString());
            }
        }
        return lastCounted;
    }

    private boolean isOfSilent(ReportedOutcome outcome) {
        return silent.contains(outcome.said().unit());
    }

    private boolean isTold(ReportedOutcome outcome) {
        ReportedOutcome.Said said = outcome.said();
        EventKey key = new EventKey(said.unit().session(), said.unit().job(), event(said.result()));
        if (isOfSilent(outcome)) {
            return toldOfSilent.getOrDefault(key, new ArrayList<>()).remove(new ToldEnd(said.unit(), said.reason()));
        }
        Deque<ToldEnd> ends = told.get(key);
        if (ends == null || !new ToldEnd(said.unit(), said.reason()).equals(ends.peek())) {
            return false;
        }
        ends.remove();
        return true;
    }

    private static JobEventKind event(TaskResult result) {
        return switch (result) {
            case SUCCEEDED -> JobEventKind.TASKS_SUCCEEDED;
            case FAILED -> JobEventKind.TASKS_FAILED;
            case KILLED -> JobEventKind.TASKS_KILLED;
            case REFUSED -> JobEventKind.TASKS_REFUSED;
        };
    }
}
