package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * O2, of each execution manager that writes outcomes: an assignment that it passes in its group has one before. The others, those of one
 * that died, say, are delivered again: they are not passed. It passes without a word what an older session left behind.
 */
final class OutcomeFirstRule {
    private final Evidence evidence;
    private final Verdict verdict;
    /** The time of the first outcome that an execution manager wrote of each assignment. */
    private final Map<Long, Long> written = new HashMap<>();
    /** The newest session by the time of its first event. */
    private final TreeMap<Long, Long> sessions = new TreeMap<>();

    private OutcomeFirstRule(Evidence evidence, Verdict verdict) {
        this.evidence = evidence;
        this.verdict = verdict;
    }

    /** Returns the number of assignments that were passed by an execution manager which had to write an outcome first. */
    static long check(Evidence evidence, Verdict verdict) {
        OutcomeFirstRule rule = new OutcomeFirstRule(evidence, verdict);
        rule.read();
        return rule.judge();
    }

    private void read() {
        Map<Long, Assigned> byId = new HashMap<>();
        evidence.assigned().forEach(one -> byId.putIfAbsent(one.id(), one));
        for (ReportedOutcome outcome : evidence.reported()) {
            if (outcome.makesSense()
                    && !outcome.isPlayed()
                    && outcome.isOf(byId.get(outcome.said().id()))) {
                written.merge(outcome.said().id(), outcome.time(), Math::min);
            }
        }
        Map<Long, Long> begun = new HashMap<>();
        evidence.ready().forEach(event -> begun.merge(event.session(), event.time(), Math::min));
        evidence.ends().forEach(event -> begun.merge(event.session(), event.time(), Math::min));
        evidence.assigned().forEach(one -> begun.merge(one.session(), one.time(), Math::min));
        evidence.graphs().values().forEach(graph -> begun.merge(graph.terms().session(), graph.time(), Math::min));
        begun.forEach((session, time) -> sessions.merge(time, session, Math::max));
        long newest = Long.MIN_VALUE;
        for (Map.Entry<Long, Long> entry : sessions.entrySet()) {
            newest = Math.max(newest, entry.getValue());
            entry.setValue(newest);
        }
    }

    private long judge() {
        Map<Integer, NavigableMap<Long, Assigned>> partitions = evidence.assigned().stream()
                .collect(Collectors.groupingBy(
                        Assigned::partition,
                        Collectors.toMap(Assigned::offset, one -> one, (one, other) -> one, TreeMap::new)));
        Map<Integer, Long> passed = new HashMap<>();
        long owed = 0;
        for (Taken taken : evidence.taken()) {
            long from = passed.getOrDefault(taken.partition(), 0L);
            if (taken.offset() <= from) {
                continue;
            }
            passed.put(taken.partition(), taken.offset());
            List<Assigned> due =
                    partitions
                            .getOrDefault(taken.partition(), new TreeMap<>())
                            .subMap(from, taken.offset())
                            .values()
                            .stream()
                            .filter(one -> one.time() >= taken.speakingSince() && !isVoid(one, taken.time()))
                            .toList();
            owed += due.size();
            due.stream()
                    .filter(one -> written.getOrDefault(one.id(), Long.MAX_VALUE) > taken.time())
                    .forEach(one -> verdict.add(
                            Wrong.UNREPORTED,
                            "%s was passed at %s; its outcome came at %s"
                                    .formatted(one, taken, written.get(one.id()))));
        }
        return owed;
    }

    private boolean isVoid(Assigned one, long at) {
        Map.Entry<Long, Long> newest = sessions.floorEntry(at);
        return newest != null && newest.getValue() > one.session();
    }
}
