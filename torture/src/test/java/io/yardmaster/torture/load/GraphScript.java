package io.yardmaster.torture.load;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.When;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A short, fixed input with graphs of all kinds, without chance. */
public final class GraphScript {
    private static final int TASKS = 24;
    /** The group with a rate gets its burst at once. */
    private static final int PRIORITY = 5;
    /** More than three bursts. */
    private static final int RATED_TASKS = 40;

    private static final int PARTS = 3;
    private static final long OTHER_SHARD = 1L << 47;
    private static final String LIMIT = PolicyOperator.STEADY;
    private static final long UNITS = PolicyOperator.STEADY_UNITS;
    private static final long BACKOFF_MS = 200;

    private final Sender sender;
    private final SentGraphs sent;
    private final Set<Long> strays = new HashSet<>();
    private long acrossSessions;

    public GraphScript(Sender sender, SentGraphs sent) {
        this.sender = sender;
        this.sent = sent;
    }

    /** Graphs that begin in the first session, with failures of all kinds. */
    public void firstSession() {
        send(draft().commit()
                .stage("first", TASKS, Payloads.SUCCEED)
                .stage("second", TASKS, Payloads.SUCCEED, "each first")
                .stage("last", 2, Payloads.SUCCEED, "second", "first"));
        send(draft().commit()
                .stage("d", 1, Payloads.SUCCEED, "b", "c")
                .stage("b", 5, Payloads.FAIL_FIRST, "a")
                .stage("c", 5, Payloads.FAIL_FIRST, "a")
                .stage("a", 1, Payloads.FAIL_FIRST)
                .attempts(2, BACKOFF_MS));
        send(draft().commit()
                .cleanup()
                .stage("fails", 1, Payloads.FAIL)
                .stage("other", 5, Payloads.ANY)
                .stage("after", 5, Payloads.SUCCEED, "fails", "other"));
        send(draft().cleanup()
                .stage("fails", 1, Payloads.FAIL)
                .stage("other", TASKS, Payloads.SUCCEED)
                .stage("after", TASKS, Payloads.SUCCEED, "each other")
                .stage("anyway", 1, When.ENDED, Payloads.SUCCEED, "after"));
        send(draft().commit()
                .goesOn()
                .stage("a", 3, Payloads.SUCCEED)
                .stage("b", 3, Payloads.FAIL)
                .stage("any", 3, When.ANY, Payloads.SUCCEED, "each a", "each b")
                .stage("all", 3, Payloads.SUCCEED, "each a", "each b")
                .stage("ended", 2, When.ENDED, Payloads.SUCCEED, "all", "any"));
        send(draft().goesOn().stage("fails", 1, Payloads.FAIL).stage("after", 3, Payloads.SUCCEED, "fails"));
        send(draft().stage("a", 1, Payloads.SUCCEED, "b").stage("b", 1, Payloads.SUCCEED, "a"));
        sender.flush();
    }

    /** A graph that begins in the first session and goes on in the second one. */
    public void acrossSessions() {
        GraphDraft across =
                draft().commit().stage("a", TASKS, Payloads.SUCCEED).stage("b", TASKS, Payloads.SUCCEED, "a");
        acrossSessions = across.job();
        send(across);
        sender.flush();
    }

    /** Keeps that graph from ending in the first session. Call it when the graph has begun. */
    public void pause() {
        sender.command(-1, acrossSessions, CommandType.PAUSE);
        sender.flush();
    }

    /** Lets the paused job go on, and begins others. There are limits. */
    public void secondSession() {
        sender.command(-1, acrossSessions, CommandType.RESUME);
        GraphDraft cancelled = draft().cleanup().stage("a", TASKS, Payloads.SUCCEED);
        send(cancelled);
        sender.flush();
        sender.command(-1, cancelled.job(), CommandType.CANCEL);
        send(draft().session(2).commit().stage("a", 2, Payloads.SUCCEED).stage("b", 1, Payloads.SUCCEED, "a"));
        send(draft().commit().stage("one", TASKS, Payloads.SLOW).needing(() -> Map.of(LIMIT, 1L)));
        send(draft().commit().stage("all", 3, Payloads.SLOW).needing(() -> Map.of(LIMIT, UNITS)));
        sender.flush();
    }

    /** Graphs whose tasks go to a pool that is paused, and graphs of a group that has a rate. */
    public void poolAndRate() {
        send(draft().commit().stage("pooled", TASKS, Payloads.SUCCEED).pooled(() -> PolicyOperator.POOL));
        send(draft().group(PolicyOperator.RATED).priority(PRIORITY).stage("rated", RATED_TASKS, Payloads.SUCCEED));
        sender.flush();
    }

    /** A graph that ends only if no unit has leaked (L5). */
    public void probe() {
        send(draft().commit().stage("all", 2, Payloads.SUCCEED).needing(() -> Map.of(LIMIT, UNITS)));
        sender.flush();
    }

    /** Reports the ends of assignments of another shard that have the numbers of those that run here. */
    public void report() {
        for (TaskAssignment one : sent.waiting()) {
            if (strays.add(one.getAssignmentId())) {
                Instant now = Instant.now();
                sender.outcome(
                        one.getJobId(),
                        new TaskOutcome(
                                one.getAssignmentId() ^ OTHER_SHARD,
                                one.getResourceGroupId(),
                                one.getJobId(),
                                one.getSessionId(),
                                one.getKind(),
                                one.getTaskIndex(),
                                one.getAttempt(),
                                TaskResult.SUCCEEDED,
                                "of another shard",
                                now,
                                now,
                                Reports.LIAR));
            }
        }
    }

    private GraphDraft draft() {
        return new GraphDraft(sent.newJob());
    }

    private void send(GraphDraft graph) {
        sent.sends(graph);
        graph.parts(PARTS).forEach(sender::graph);
    }
}
