package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Assigned;
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
 */
final class CountRule {
    private final Map<Long, Assigned> assignments;
    private final Map<EventKey, Deque<ToldEnd>> told = new HashMap<>();
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
        evidence.ready().forEach(event -> begun.merge(event.session(), event.time(), Math::min));
        evidence.ends().forEach(event -> begun.merge(event.session(), event.time(), Math::min));
        evidence.graphs().values().forEach(graph -> begun.merge(graph.terms().session(), graph.time(), Math::min));
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
        return rule.counted;
    }

    private void hear(Told event) {
        if (event.isEnd() && !(evidence.isGraph(event.job()) && GraphRule.isDecision(event))) {
            Deque<ToldEnd> ends = told.computeIfAbsent(
                    new EventKey(event.session(), event.job(), event.what()), key -> new ArrayDeque<>());
            Stories.units(event).forEach(unit -> ends.add(new ToldEnd(unit, Stories.endReason(event))));
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
                lastCounted = outcome.offset();
            } else {
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

    private boolean isTold(ReportedOutcome outcome) {
        ReportedOutcome.Said said = outcome.said();
        Deque<ToldEnd> ends =
                told.get(new EventKey(said.unit().session(), said.unit().job(), event(said.result())));
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
