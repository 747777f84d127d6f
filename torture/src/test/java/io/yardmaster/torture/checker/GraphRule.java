package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.CommandEvidence.Killed;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph that makes sense runs as {@link GraphHistory} says, unless a newer session made it void; one that makes none is refused as a
 * whole, by one event and one dead letter, and nothing of it is dispatched, nor of one that is not complete.
 */
final class GraphRule {
    /** The beginnings of the reasons with which tasks are killed that will not run. */
    static final String WAITS = "it waits for stage ";

    static final String NOTHING = "nothing that it waits for has succeeded, stage ";
    static final String FAILED = "the job has failed: ";
    private static final int LONGEST_REASON = 400;

    private GraphRule() {}

    /** Returns whether an event tells of tasks of a graph that will not run, and not of an outcome. */
    static boolean isDecision(Told told) {
        return told.what() == JobEventKind.TASKS_KILLED
                && (told.reason().startsWith(WAITS)
                        || told.reason().startsWith(NOTHING)
                        || told.reason().startsWith(FAILED));
    }

    static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
    }

    static void check(
            Evidence evidence, Stories stories, CountedOutcomes counted, Set<Long> complete, Verdict verdict) {
        Map<Long, List<Assigned>> assigned = evidence.assigned().stream().collect(Collectors.groupingBy(Assigned::job));
        Map<Long, List<Killed>> kills = evidence.commands().killed().stream()
                .filter(kill -> kill.by().isEmpty())
                .collect(Collectors.groupingBy(Killed::job));
        for (GraphPlan plan : evidence.graphs().values()) {
            long job = plan.terms().job();
            List<Told> told = stories.ofJob(job);
            boolean begun = told.stream().anyMatch(event -> event.what() == JobEventKind.JOB_BEGAN);
            if (plan.isComplete() && plan.fault().isEmpty() && begun) {
                GraphHistory history = new GraphHistory(plan, verdict);
                told.forEach(history::next);
                history.close(kills.getOrDefault(job, List.of()));
                continue;
            }
            assigned.getOrDefault(job, List.of())
                    .forEach(one -> verdict.add(Wrong.INVENTED, "%s of %s".formatted(one, plan)));
            if (plan.isComplete() && plan.fault().isEmpty()) {
                checkVoid(plan, complete, verdict);
            } else if (plan.isComplete()) {
                counted.mustBeLetter(plan.lastPosition());
                checkRefused(plan, told, verdict);
            }
        }
    }

    private static void checkVoid(GraphPlan plan, Set<Long> complete, Verdict verdict) {
        long session = plan.terms().session();
        if (session == CommandEvidence.CURRENT_SESSION || complete.contains(session)) {
            verdict.add(Wrong.LOST, "the graph " + plan);
        }
    }

    private static void checkRefused(GraphPlan plan, List<Told> told, Verdict verdict) {
        List<Told> refusals = told.stream()
                .filter(event -> event.what() != JobEventKind.COMMAND_DROPPED)
                .toList();
        boolean isRefused = refusals.size() == 1
                && refusals.get(0).what() == JobEventKind.JOB_REFUSED
                && !refusals.get(0).reason().isBlank();
        if (!isRefused) {
            verdict.add(Wrong.WRONG_END, "%s (%s) has %s".formatted(plan, plan.fault(), refusals));
        }
    }
}
