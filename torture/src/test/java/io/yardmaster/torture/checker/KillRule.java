package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.CommandEvidence.Killed;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.HashMap;
import java.util.Map;

/**
 * Each job that was cancelled has one kill, with the session, the reason and the name that its event has. Kills in the name of nobody
 * are those of graphs, which {@link GraphHistory} judges.
 */
final class KillRule {
    static final long ALL_ASSIGNMENTS = -1;
    /** Some tasks of a job. */
    static final long RANGE = -2;

    private static final int NO_TASK = -1;

    private KillRule() {}

    static void check(Evidence all, Verdict verdict) {
        CommandEvidence evidence = all.commands();
        Map<Killed, Integer> due = new HashMap<>();
        evidence.told().stream()
                .filter(told -> told.what() == JobEventKind.JOB_CANCELLED)
                .map(told -> new Killed(
                        told.job(),
                        ALL_ASSIGNMENTS,
                        told.session(),
                        told.session(),
                        told.reason(),
                        told.by(),
                        NO_TASK,
                        0))
                .forEach(kill -> due.merge(kill, 1, Integer::sum));
        evidence.killed().stream()
                .filter(kill -> !kill.by().isEmpty() || !all.isGraph(kill.job()))
                .forEach(kill -> due.merge(kill, -1, Integer::sum));
        due.forEach((kill, missing) -> {
            if (missing != 0) {
                verdict.add(
                        Wrong.KILL,
                        "%s is there %d times too %s"
                                .formatted(kill, Math.abs(missing), missing > 0 ? "few" : "often"));
            }
        });
    }
}
