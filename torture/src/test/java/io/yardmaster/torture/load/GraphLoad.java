package io.yardmaster.torture.load;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Plays the people who send graphs and give commands about their jobs, and reports for execution managers that do not. Graphs and their
 * pauses outlive sessions. Used by one thread.
 */
final class GraphLoad {
    private static final long CURRENT = -1;
    private static final int MOST_AT_ONCE = 16;
    /** Before there is a policy, so that others have room that name what it has. */
    private static final int MOST_BEFORE = 8;

    private static final int STEPS_PER_GRAPH = 10;
    private static final int STEPS_PER_COMMAND = 40;
    private static final int AT_SESSIONS_END = 3;
    private static final int MOST_PARTS = 3;
    private static final int HIGHEST_PRIORITY = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Sender sender;
    private final SentGraphs sent;
    private final GraphDealer dealer;
    private final PolicyOperator operator;
    private final Random random;
    private final List<Long> paused = new ArrayList<>();

    GraphLoad(Sender sender, SentGraphs sent, PolicyOperator operator, Random random) {
        this.sender = sender;
        this.sent = sent;
        this.dealer = new GraphDealer(random, operator, sent);
        this.operator = operator;
        this.random = random;
    }

    /** Sends a graph or a command now and then. */
    void step(long session) {
        operator.step(random, sent::haveBegun);
        if (random.nextInt(STEPS_PER_GRAPH) == 0
                && sent.size() < (operator.mayBeNeeded() ? MOST_AT_ONCE : MOST_BEFORE)) {
            send(session);
        }
        if (random.nextInt(STEPS_PER_COMMAND) == 0) {
            command(session);
        }
        reportForOthers();
    }

    private void send(long session) {
        long job = sent.newJob();
        boolean makesSense = random.nextInt(12) > 0;
        GraphDraft graph = makesSense ? dealer.deal(job, session) : dealer.dealWithoutSense(job);
        sent.sends(graph);
        List<JobGraph> parts = graph.parts(1 + random.nextInt(MOST_PARTS));
        parts.forEach(sender::graph);
        if (makesSense && graph.session() != CURRENT && random.nextInt(3) == 0) {
            // In a newer session the first of them may be void and the second one, too.
            parts.forEach(sender::graph);
        }
    }

    private void command(long session) {
        long named = random.nextBoolean() ? CURRENT : session;
        long job = sent.any(random, -1);
        if (job < 0) {
            return;
        }
        int chance = random.nextInt(100);
        if (chance < 12) {
            sender.command(named, job, CommandType.CANCEL);
        } else if (chance < 45) {
            paused.add(job);
            sender.command(named, job, CommandType.PAUSE);
        } else if (chance < 80) {
            long which = paused.isEmpty() ? job : paused.remove(random.nextInt(paused.size()));
            sender.command(named, which, CommandType.RESUME);
        } else {
            sender.prioritize(named, job, random.nextInt(HIGHEST_PRIORITY));
        }
    }

    /** Writes outcomes of what needs them and has had none for long: its execution manager never writes one, or is dead. */
    void reportForOthers() {
        for (TaskAssignment one : sent.takeWaiting(PATIENCE)) {
            Instant now = Instant.now();
            TaskResult result = random.nextInt(6) == 0 ? TaskResult.FAILED : TaskResult.SUCCEEDED;
            sender.outcome(
                    one.getJobId(),
                    new TaskOutcome(
                            one.getAssignmentId(),
                            one.getResourceGroupId(),
                            one.getJobId(),
                            one.getSessionId(),
                            one.getKind(),
                            one.getTaskIndex(),
                            one.getAttempt(),
                            result,
                            "for another one",
                            now,
                            now,
                            "load"));
        }
    }

    /** Sends some graphs that surely go on in the next session. */
    void sessionEnds() {
        for (int i = 0; i < AT_SESSIONS_END; i++) {
            send(CURRENT);
        }
        sender.flush();
    }

    /** Sends a graph that ends only if no unit of any limit has leaked (L5). */
    void probe() {
        GraphDraft probe = new GraphDraft(sent.newJob())
                .stage("probe", 2, Payloads.SUCCEED)
                .needing(operator::all);
        sent.sends(probe);
        probe.parts(1).forEach(sender::graph);
        sender.flush();
    }

    /** Has all that waits for the operator go on: it would never end, or not soon. */
    void open() {
        operator.open();
    }

    /** Resumes every job that may be paused: it would never end. */
    void resumeAll() {
        paused.forEach(job -> sender.command(CURRENT, job, CommandType.RESUME));
        paused.clear();
    }
}
