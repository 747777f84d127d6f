package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.Accepted.JobKey;
import io.yardmaster.torture.checker.CommandEvidence.Asked;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Unit;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The events of a job in a session tell one consistent story, in which nothing is dispatched that a command forbids, and they
 * tell of the assignments that are in the dispatch topic: of the same ones, in the same order. A shard writes both in one
 * transaction.
 */
final class StoryRule {
    private StoryRule() {}

    static void check(Evidence evidence, Stories stories, Verdict verdict) {
        Map<String, Asked> asked =
                evidence.commands().asked().stream().collect(Collectors.toMap(Asked::position, Function.identity()));
        Map<JobKey, List<Assigned>> assigned = new HashMap<>();
        evidence.assigned().stream()
                .sorted(Comparator.comparingLong(Assigned::id))
                .forEach(one -> assigned.computeIfAbsent(new JobKey(one.session(), one.job()), key -> new ArrayList<>())
                        .add(one));
        Set<JobKey> jobs = new HashSet<>(stories.jobs());
        jobs.addAll(assigned.keySet());
        for (JobKey job : jobs) {
            List<Assigned> ofJob = assigned.getOrDefault(job, List.of());
            GraphPlan graph = evidence.graphs().get(job.job());
            if (graph == null) {
                JobStory story = new JobStory(asked, verdict);
                stories.of(job).forEach(story::next);
            }
            long groupOfAll = ofJob.isEmpty() ? -1 : ofJob.get(0).group();
            compare(
                    stories.of(job),
                    ofJob,
                    graph == null ? groupOfAll : graph.terms().group(),
                    verdict);
        }
        evidence.graphs().forEach((job, graph) -> {
            JobStory story = new JobStory(asked, verdict, graph.terms().priority());
            stories.ofJob(job).forEach(story::next);
        });
    }

    private static void compare(List<Told> told, List<Assigned> assigned, long group, Verdict verdict) {
        List<Unit> toldUnits = told.stream()
                .filter(event -> event.what() == JobEventKind.TASKS_DISPATCHED)
                .flatMap(event -> Stories.units(event).stream())
                .toList();
        List<Unit> units = assigned.stream().map(Assigned::unit).toList();
        for (int at = 0; at < Math.max(toldUnits.size(), units.size()); at++) {
            Unit toldUnit = at < toldUnits.size() ? toldUnits.get(at) : null;
            Unit unit = at < units.size() ? units.get(at) : null;
            if (toldUnit == null || !toldUnit.equals(unit)) {
                verdict.add(Wrong.NOT_AS_TOLD, "the events tell of %s, dispatched was %s".formatted(toldUnit, unit));
                return;
            }
        }
        for (Told event : told) {
            boolean hasGroup = event.what() == JobEventKind.TASKS_DISPATCHED || event.isEnd();
            if (event.epoch() != event.session() || (hasGroup && event.group() != group)) {
                verdict.add(Wrong.NOT_AS_TOLD, "%s has a wrong group or header".formatted(event));
            }
        }
    }
}
