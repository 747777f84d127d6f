package io.yardmaster.app.api;

import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.values.GraphPhase;
import io.yardmaster.core.values.StageCause;
import io.yardmaster.core.values.StageDetail;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.values.StageProgress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The state of a stage and what it waits for, in a word for programs and a few words for people. */
public record StageWhy(Code code, String text) {
    /** The word for programs. */
    public enum Code {
        /** All of its tasks have succeeded. */
        SUCCEEDED,
        /** It has ended, and some of its tasks have failed or were killed. */
        FAILED,
        /** None of its tasks ran, as something that it waits for did not succeed, or the job failed before. */
        KILLED,
        /** It has not ended, and nothing of it is offered any more, as the job has failed or was cancelled. */
        STOPPED,
        /** It waits for other stages. */
        DEPENDENCY,
        /** It waits until somebody resumes the job. */
        PAUSED,
        /** It waits for the end of a back-off. */
        BACKOFF,
        /** It waits for units of a limit. */
        LIMIT,
        /** It waits for a host with enough room. */
        HOST,
        /** It waits for hosts with enough room for all of its tasks at once. */
        GANG,
        /** It waits for its turn. */
        TURN,
        /** Some of its tasks were offered and have not ended. */
        RUNNING
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * The state of a stage.
     *
     * @param limit the first limit for which tasks of the stage wait; empty if none does
     * @param hosts the tasks of the stage that wait for hosts
     */
    static StageWhy of(StageDetail stage, StagePage graph, Optional<LimitNeed> limit, List<HostWait> hosts) {
        if (stage.state() == StageProgress.State.ENDED) {
            return ended(stage, graph);
        }
        if (graph.state() != GraphPhase.RUNNING) {
            return new StageWhy(
                    Code.STOPPED,
                    "stopped because the job " + (graph.failure().isEmpty() ? "was cancelled" : "has failed"));
        }
        return stage.state() == StageProgress.State.BLOCKED
                ? blocked(stage)
                : begun(stage, graph.paused(), limit, hosts);
    }

    private static StageWhy ended(StageDetail stage, StagePage graph) {
        if (stage.succeeded() == stage.tasks()) {
            return new StageWhy(Code.SUCCEEDED, "succeeded");
        }
        if (!stage.killed()) {
            return new StageWhy(
                    Code.FAILED,
                    stage.tasks() == 1 ? "failed" : of(stage.failed(), stage.tasks()) + " did not succeed");
        }
        String because = stage.cause()
                .map(cause -> " because " + cause.name() + (cause.killed() ? " was killed" : " failed"))
                .orElse(graph.failure().isEmpty() ? "" : " because the job has failed");
        return new StageWhy(Code.KILLED, "killed" + because);
    }

    private static StageWhy blocked(StageDetail stage) {
        return new StageWhy(
                Code.DEPENDENCY, stage.cause().map(cause -> waits(stage, cause)).orElse("is about to be made ready"));
    }

    private static String waits(StageDetail stage, StageCause cause) {
        int others = stage.waitsFor() - (cause.each() ? 0 : 1);
        return (cause.each() && stage.tasks() > 1 ? "each task waits for one of " : "waits for ")
                + cause.name() + ": " + of(cause.ended(), cause.tasks()) + " ended"
                + (others <= 0
                        ? ""
                        : others == 1 ? ", and for another stage" : ", and for " + count(others) + " others");
    }

    private static StageWhy begun(StageDetail stage, boolean paused, Optional<LimitNeed> limit, List<HostWait> hosts) {
        List<String> parts = new ArrayList<>();
        boolean one = stage.tasks() == 1;
        int forHosts = Math.min(
                stage.running(), hosts.stream().mapToInt(HostWait::tasks).sum());
        int running = stage.running() - forHosts;
        if (running > 0) {
            parts.add(one ? "running" : count(running) + " running");
        }
        if (forHosts > 0) {
            HostWait first = hosts.get(0);
            parts.add(wait(forHosts, one) + (first.gang() > 1 ? " as a gang" : "") + " for "
                    + (forHosts == 1 ? "a host" : "hosts") + ": " + first.why());
        }
        int parked = parked(stage, paused, limit);
        int turn = stage.ready() - parked;
        if (turn > 0) {
            String until =
                    paused ? " until somebody resumes the job" : " for " + (turn == 1 ? "its" : "their") + " turn";
            parts.add(wait(turn, one) + until);
        }
        if (parked > 0) {
            parts.add(wait(parked, one)
                    + limit.map(need -> " for " + need.words()).orElse(""));
        }
        if (stage.backingOff() > 0) {
            String until = stage.backoffUntilMs().isEmpty()
                    ? ""
                    : " until "
                            + TIME.format(
                                    Instant.ofEpochMilli(stage.backoffUntilMs().getAsLong()));
            parts.add((one ? "" : count(stage.backingOff()) + " in ") + "back-off" + until);
        }
        int others = stage.tasks()
                - stage.succeeded()
                - stage.failed()
                - stage.running()
                - stage.ready()
                - stage.backingOff();
        if (stage.exact() && others > 0 && stage.cause().isPresent()) {
            parts.add(count(others)
                    + (others == 1 ? " waits for a task of " : " wait for one task each of ")
                    + stage.cause().get().name());
        }
        if (!stage.exact()) {
            parts.add("of the tasks that were looked at");
        }
        return new StageWhy(
                code(stage, running, hosts, paused, parked), parts.isEmpty() ? "has begun" : String.join(", ", parts));
    }

    /** The tasks that are told to wait for the limit. */
    private static int parked(StageDetail stage, boolean paused, Optional<LimitNeed> limit) {
        return paused || limit.isEmpty() ? 0 : Math.min(stage.parked(), stage.ready());
    }

    private static String wait(int tasks, boolean one) {
        return (one ? "" : count(tasks) + " ") + (tasks == 1 ? "waits" : "wait");
    }

    private static Code code(StageDetail stage, int running, List<HostWait> hosts, boolean paused, int parked) {
        if (running > 0) {
            return Code.RUNNING;
        }
        if (stage.running() > 0) {
            return hosts.get(0).gang() > 1 ? Code.GANG : Code.HOST;
        }
        if (stage.ready() > 0) {
            return paused ? Code.PAUSED : parked == stage.ready() ? Code.LIMIT : Code.TURN;
        }
        if (stage.backingOff() > 0) {
            return Code.BACKOFF;
        }
        return stage.cause().isPresent() ? Code.DEPENDENCY : Code.RUNNING;
    }

    private static String of(int some, int all) {
        return count(some) + " of " + count(all);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
