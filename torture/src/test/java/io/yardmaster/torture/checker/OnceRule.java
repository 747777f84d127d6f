package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Accepted.JobKey;
import io.yardmaster.torture.checker.Accepted.Origin;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.EndKind;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Unit;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In order, and none too few; {@link RefusalRule} finds those that are offered too often,
 * and {@link GraphRule} judges the jobs of graphs. The tasks of a job must appear in the order in which they were made ready, without a gap;
 * only the end of the job or the session, or a cancel, excuses that they stop early; a cancelled job still has its cleanup
 * task, and may lack its commit task. A task that appears after its job's commit or
 * cleanup task is out of order.
 */
final class OnceRule {
    private final Accepted accepted;
    private final Offers offers;
    private final Stories stories;
    private final Set<Long> complete;
    private final Verdict verdict;
    private final Map<JobKey, Set<EndKind>> ends = new HashMap<>();
    private final Map<JobKey, List<Assigned>> assigned = new HashMap<>();

    private OnceRule(Accepted accepted, Offers offers, Stories stories, Set<Long> complete, Verdict verdict) {
        this.accepted = accepted;
        this.offers = offers;
        this.stories = stories;
        this.complete = complete;
        this.verdict = verdict;
    }

    static void check(
            Evidence evidence, Accepted accepted, Offers offers, Stories stories, Set<Long> complete, Verdict verdict) {
        OnceRule rule = new OnceRule(accepted, offers, stories, complete, verdict);
        evidence.ends().forEach(end -> rule.ends
                .computeIfAbsent(new JobKey(end.session(), end.job()), key -> EnumSet.noneOf(EndKind.class))
                .add(end.kind()));
        evidence.assigned().stream()
                .filter(one -> !evidence.isGraph(one.job()))
                .sorted(Comparator.comparingLong(Assigned::id))
                .forEach(one -> {
                    if (rule.wasMadeReady(one)) {
                        rule.assigned
                                .computeIfAbsent(new JobKey(one.session(), one.job()), key -> new ArrayList<>())
                                .add(one);
                    } else {
                        verdict.add(Wrong.INVENTED, one.toString());
                    }
                });
        Set<JobKey> jobs = accepted.jobs();
        jobs.addAll(rule.ends.keySet());
        jobs.forEach(rule::check);
    }

    private boolean wasMadeReady(Assigned one) {
        if (one.epoch() != one.session()) {
            return false;
        }
        if (one.kind() == Kind.TASK) {
            Origin origin = accepted.origin(one.unit());
            return origin != null && origin.group() == one.group();
        }
        EndKind needed = one.kind() == Kind.COMMIT ? EndKind.COMMIT : EndKind.CLEANUP;
        return one.index() == -1
                && ends.getOrDefault(new JobKey(one.session(), one.job()), Set.of())
                        .contains(needed);
    }

    private void check(JobKey job) {
        List<Assigned> found = assigned.getOrDefault(job, List.of());
        Set<EndKind> ended = ends.getOrDefault(job, Set.of());
        List<Unit> tasks = found.stream()
                .filter(one -> one.kind() == Kind.TASK && offers.isFirst(one))
                .map(Assigned::unit)
                .toList();
        List<Unit> wanted = accepted.of(job);
        if (!tasks.equals(wanted.subList(0, tasks.size()))) {
            explain(tasks, wanted);
        } else if (ended.isEmpty() && !stories.isCancelled(job) && complete.contains(job.session())) {
            wanted.subList(tasks.size(), wanted.size()).forEach(unit -> verdict.add(Wrong.LOST, unit.toString()));
        }
        checkEnd(job, found, ended);
    }

    private void explain(List<Unit> tasks, List<Unit> wanted) {
        Set<Unit> present = new HashSet<>(tasks);
        int last = wanted.lastIndexOf(
                tasks.stream().max(Comparator.comparingInt(wanted::indexOf)).orElseThrow());
        List<Unit> gaps = wanted.subList(0, last).stream()
                .filter(unit -> !present.contains(unit))
                .toList();
        gaps.forEach(unit -> verdict.add(Wrong.LOST, unit + ", though later ones of its job are there"));
        if (gaps.isEmpty()) {
            verdict.add(Wrong.OUT_OF_ORDER, "%s instead of %s".formatted(tasks, wanted.subList(0, tasks.size())));
        }
    }

    private void checkEnd(JobKey job, List<Assigned> found, Set<EndKind> ended) {
        boolean over = false;
        Set<Kind> last = EnumSet.noneOf(Kind.class);
        for (Assigned one : found) {
            if (one.kind() == Kind.TASK && over) {
                verdict.add(Wrong.OUT_OF_ORDER, one + " after the job's last task");
            } else if (one.kind() == Kind.COMMIT && last.contains(Kind.CLEANUP)) {
                verdict.add(Wrong.OUT_OF_ORDER, one + " after the job's cleanup task");
            }
            over |= one.kind() != Kind.TASK;
            last.add(one.kind());
        }
        if (complete.contains(job.session())) {
            boolean cleanupLost = ended.contains(EndKind.CLEANUP) && !last.contains(Kind.CLEANUP);
            boolean commitLost = ended.equals(EnumSet.of(EndKind.COMMIT))
                    && !stories.isCancelled(job)
                    && !last.contains(Kind.COMMIT);
            if (cleanupLost || commitLost) {
                verdict.add(Wrong.LOST, "the %s task of %s".formatted(cleanupLost ? "cleanup" : "commit", job));
            }
        }
    }
}
