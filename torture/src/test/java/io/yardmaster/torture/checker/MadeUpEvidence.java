package io.yardmaster.torture.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.When;
import io.yardmaster.torture.checker.CommandEvidence.Asked;
import io.yardmaster.torture.checker.CommandEvidence.Killed;
import io.yardmaster.torture.checker.CommandEvidence.Refused;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.End;
import io.yardmaster.torture.checker.Evidence.EndKind;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.LimitSet;
import io.yardmaster.torture.checker.Evidence.RateSet;
import io.yardmaster.torture.checker.Evidence.Ready;
import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.GraphPlan.After;
import io.yardmaster.torture.checker.GraphPlan.Part;
import io.yardmaster.torture.checker.GraphPlan.Step;
import io.yardmaster.torture.checker.GraphPlan.Terms;
import io.yardmaster.torture.checker.ReportedOutcome.Said;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evidence that a test makes up. Assignments are taken at once, and events tell of them. */
abstract class MadeUpEvidence {
    private static final int PRIORITY = 3;
    static final String BY = "ann";

    final List<Ready> ready = new ArrayList<>();
    boolean byGroup;
    final List<End> ends = new ArrayList<>();
    final List<Assigned> assigned = new ArrayList<>();
    final List<Taken> taken = new ArrayList<>();
    final List<Asked> asked = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    final List<Killed> killed = new ArrayList<>();
    final List<Refused> refused = new ArrayList<>();
    final List<ReportedOutcome> reported = new ArrayList<>();
    final List<Part> graphs = new ArrayList<>();
    final List<LimitSet> limits = new ArrayList<>();
    final List<RateSet> rates = new ArrayList<>();

    void ready(long session, long job, int attempt, Integer... indices) {
        readyAt(1_000, session, job, attempt, indices);
    }

    void readyAt(long time, long session, long job, int attempt, Integer... indices) {
        ready.add(new Ready(0, ready.size(), time, session, job, 1, List.of(indices), attempt));
        began(session, job);
    }

    void end(EndKind kind, long session, long job) {
        ends.add(new End(kind, 0, ends.size(), 1_000, session, job));
        began(session, job);
    }

    private void began(long session, long job) {
        if (told.stream()
                .filter(event -> event.what() == JobEventKind.JOB_BEGAN)
                .noneMatch(event -> event.session() == session && event.job() == job)) {
            tell(JobEventKind.JOB_BEGAN, session, job);
        }
    }

    void task(long session, long job, int index, int attempt) {
        add(session, job, Kind.TASK, index, attempt);
    }

    void add(long session, long job, Kind kind, int index, int attempt) {
        add(session, job, kind, index, attempt, "");
    }

    /** An assignment in the topic of a pool. */
    void add(long session, long job, Kind kind, int index, int attempt, String pool) {
        int at = assigned.size();
        assigned.add(new Assigned(0, at, 2_000 + at, at, session, session, job, 1, kind, index, attempt, pool));
        taken.add(new Taken(0, at + 1, 2_000 + at));
        boolean again = assigned.stream()
                        .filter(one -> one.unit().equals(latest().unit()))
                        .count()
                > 1;
        if (kind == Kind.COMMIT && !again) {
            tell(JobEventKind.JOB_COMMITTING, session, job);
        } else if (kind == Kind.CLEANUP && !again) {
            tell(JobEventKind.JOB_CLEANING_UP, session, job);
        }
        tellDispatched(session, job, kind, index, 1, attempt);
    }

    void tellDispatched(long session, long job, Kind kind, int first, long tasks, int attempt) {
        String reason =
                switch (kind) {
                    case TASK -> "";
                    case COMMIT -> "commit task";
                    case CLEANUP -> "cleanup task";
                };
        tell(JobEventKind.TASKS_DISPATCHED, session, job, first, tasks, attempt, reason, "", "");
    }

    /** An outcome of the latest assignment, and the event that tells of it. */
    void ended(TaskResult result) {
        tellEnd(report(latest(), result, ""));
    }

    /** Gives the latest assignment another time. */
    void moveLatest(long time) {
        Assigned one = assigned.remove(assigned.size() - 1);
        assigned.add(new Assigned(
                one.partition(),
                one.offset(),
                time,
                one.id(),
                one.session(),
                one.epoch(),
                one.job(),
                one.group(),
                one.kind(),
                one.index(),
                one.attempt(),
                one.pool()));
    }

    Assigned latest() {
        return assigned.get(assigned.size() - 1);
    }

    /** A graph in one part, with a commit task; its stages wait for each other as given. */
    void graph(long job, Step... steps) {
        graph(new Terms(-1, job, 1, 0, true, true, false), steps);
        began(1, job);
    }

    void graph(Terms terms, Step... steps) {
        int at = graphs.size();
        graphs.add(new Part("graphs-0@" + at, 0, at, 1_000, terms, 0, 1, List.of(steps)));
    }

    static Step step(String name, int tasks, String... after) {
        return step(name, tasks, When.ALL, 1, after);
    }

    /** @param after names; {@code "each a"} pairs the tasks */
    static Step step(String name, int tasks, When when, int attempts, String... after) {
        List<After> all = Arrays.stream(after)
                .map(one -> new After(one.replace("each ", ""), one.startsWith("each ")))
                .toList();
        return new Step(name, tasks, all, when, attempts, Map.of(), "");
    }

    /** A stage that waits for nothing and needs units of a limit. */
    static Step needing(String name, int tasks, String limit, long units) {
        return new Step(name, tasks, List.of(), When.ALL, 1, Map.of(limit, units), "");
    }

    /** A stage that waits for nothing and is for a pool. */
    static Step pooled(String name, int tasks, String pool) {
        return new Step(name, tasks, List.of(), When.ALL, 1, Map.of(), pool);
    }

    /** A task of a graph is assigned, and ends. */
    void run(long session, long job, int index, int attempt, TaskResult result) {
        task(session, job, index, attempt);
        ended(result);
    }

    /** Tasks of a graph are killed that will not run. */
    void decide(long session, long job, int first, long tasks, String reason) {
        tell(JobEventKind.TASKS_KILLED, session, job, first, tasks, 0, reason, "", "");
    }

    void tellReason(JobEventKind what, long session, long job, String reason) {
        tell(what, session, job, -1, 0, 0, reason, "", "");
    }

    /** Execution managers are told to stop what runs of a graph. */
    void stop(long session, long job, String reason, int first, int tasks) {
        killed.add(new Killed(job, tasks == 0 ? -1 : -2, session, session, reason, "", first, tasks));
    }

    void letter(String position) {
        refused.add(new Refused(position, "a reason"));
    }

    ReportedOutcome report(Assigned one, TaskResult result, String reason) {
        return report(one.job(), new Said(one.id(), one.group(), one.unit(), result, reason, "worker"));
    }

    /** @param said null for a value that cannot be read */
    ReportedOutcome report(Long key, Said said) {
        int at = reported.size();
        long time = 2_000L + assigned.size();
        var outcome = new ReportedOutcome("outcomes-0@" + at, 0, at, time, key, said);
        reported.add(outcome);
        return outcome;
    }

    void tellEnd(ReportedOutcome outcome) {
        tellEnds(outcome, outcome.said().unit().index(), 1);
    }

    /** An event about the ends of several tasks, of which this outcome is one. */
    void tellEnds(ReportedOutcome outcome, int first, long tasks) {
        Said said = outcome.said();
        JobEventKind what = JobEventKind.valueOf("TASKS_" + said.result());
        String prefix =
                switch (said.unit().kind()) {
                    case TASK -> "";
                    case COMMIT -> "commit task" + (said.reason().isEmpty() ? "" : ": ");
                    case CLEANUP -> "cleanup task" + (said.reason().isEmpty() ? "" : ": ");
                };
        tell(
                what,
                said.unit().session(),
                said.unit().job(),
                first,
                tasks,
                said.unit().attempt(),
                prefix + said.reason(),
                "",
                "");
    }

    void letter(ReportedOutcome outcome) {
        refused.add(new Refused(outcome.position(), "a reason"));
    }

    void tell(JobEventKind what, long session, long job) {
        tell(what, session, job, -1, 0, 0, "", "", "");
    }

    private void tell(
            JobEventKind what,
            long session,
            long job,
            int first,
            long tasks,
            int attempt,
            String reason,
            String by,
            String source) {
        int priority = what == JobEventKind.JOB_PRIORITIZED ? PRIORITY : 0;
        int at = told.size();
        told.add(new Told(
                0,
                at,
                2_000 + at,
                session,
                session,
                job,
                1,
                what,
                first,
                tasks,
                attempt,
                priority,
                reason,
                by,
                source));
    }

    /** Gives the last event another time and another header. */
    void changeLast(long time, long epoch) {
        Told last = told.remove(told.size() - 1);
        told.add(new Told(
                last.partition(),
                last.offset(),
                time,
                epoch,
                last.session(),
                last.job(),
                last.group(),
                last.what(),
                last.firstTask(),
                last.tasks(),
                last.attempt(),
                last.priority(),
                last.reason(),
                last.by(),
                last.source()));
    }

    Asked ask(CommandType type, long session, long job) {
        return ask(job, type, session, job);
    }

    Asked ask(long key, CommandType type, long session, long job) {
        int at = asked.size();
        var command = new Asked(
                "commands-0@" + at,
                key,
                session,
                job,
                type,
                type == CommandType.SET_PRIORITY ? PRIORITY : 0,
                "no. " + at,
                BY);
        asked.add(command);
        return command;
    }

    /** The answer to a command that was carried out. */
    void answer(Asked command, JobEventKind what, long session) {
        tell(what, session, command.job(), -1, 0, 0, command.reason(), BY, command.position());
    }

    /** The answer to a command that was not carried out. */
    void drop(Asked command, String reason, long session) {
        String sentence = reason + ": a sentence";
        tell(JobEventKind.COMMAND_DROPPED, session, command.job(), -1, 0, 0, sentence, BY, command.position());
    }

    void refuse(Asked command) {
        refused.add(new Refused(command.position(), "a reason"));
    }

    void kill(Asked command, long session) {
        killed.add(new Killed(command.job(), -1, session, session, command.reason(), BY, -1, 0));
    }

    void cancel(long session, long job) {
        Asked command = ask(CommandType.CANCEL, session, job);
        answer(command, JobEventKind.JOB_CANCELLED, session);
        kill(command, session);
    }

    void pause(long session, long job) {
        answer(ask(CommandType.PAUSE, session, job), JobEventKind.JOB_PAUSED, session);
    }

    void resume(long session, long job) {
        answer(ask(CommandType.RESUME, session, job), JobEventKind.JOB_RESUMED, session);
    }

    private Verdict verdict() {
        Checker.Terms terms = new Checker.Terms(3, byGroup, Duration.ofSeconds(30), Set.of(1L, 2L), Map.of());
        CommandEvidence commands = new CommandEvidence(asked, told, killed, refused);
        return Checker.judge(
                        new Evidence(
                                ready,
                                ends,
                                assigned,
                                taken,
                                commands,
                                reported,
                                limits,
                                rates,
                                GraphPlan.of(graphs),
                                graphs.size()),
                        terms,
                        new Verdict())
                .verdict();
    }

    void isClean() {
        assertThat(verdict().isClean()).as("%s", verdict()).isTrue();
    }

    void isOnly(Wrong wrong, Wrong... more) {
        Verdict verdict = verdict();
        Set<Wrong> all = EnumSet.of(wrong, more);
        for (Wrong one : Wrong.values()) {
            assertThat(verdict.count(one) > 0).as("%s in %s", one, verdict).isEqualTo(all.contains(one));
        }
    }
}
