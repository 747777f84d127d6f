package io.yardmaster.topology;

import io.yardmaster.core.GraphModel;
import io.yardmaster.core.GraphSketch;
import io.yardmaster.core.RandomGraphs;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.When;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * People who send graphs, some without sense, and give commands about them, and the fleet as far as it runs their tasks: how each attempt
 * of a task ends is fixed, but for refusals. It checks the decisions about each graph, and its end.
 */
final class SimulatedGraphs {
    private static final long FIRST_JOB = 1_000;
    private static final long FIRST_REFUSED = 1_000_000;
    private static final int MOST_JOBS = 6;
    private static final long LONGEST_BACKOFF_MS = 300;
    private static final Instant TIME = Instant.EPOCH;

    private final Random random;
    private final SimulatedBroker broker;
    private final boolean forgets;
    /** True if execution managers write outcomes before they commit, some of them none. */
    final boolean isFleetMixed;

    private final long seed;
    private final Map<Long, GraphModel> models = new LinkedHashMap<>();
    private int refused;

    /** @param forgets whether parts of a graph that come apart may be too late, and outcomes after the end of their job */
    SimulatedGraphs(Random random, SimulatedBroker broker, boolean forgets) {
        this.random = random;
        this.broker = broker;
        this.forgets = forgets;
        this.seed = random.nextLong();
        this.isFleetMixed = random.nextBoolean();
    }

    /** Returns whether the job came as a graph. */
    static boolean isOne(long job) {
        return job >= FIRST_JOB;
    }

    /** The job of a record that is not about a job of storage. */
    static long jobOf(SpecificRecord event) {
        if (event instanceof JobGraph graph) {
            return graph.getJobId();
        }
        return event instanceof JobCommand command ? command.getJobId() : ((TaskOutcome) event).getJobId();
    }

    /** Does something, and says what. */
    String step() {
        int dice = random.nextInt(20);
        if (models.isEmpty() || (dice < 3 && models.size() < MOST_JOBS)) {
            return submit();
        } else if (dice == 3) {
            return submitWithoutSense();
        } else if (dice < 6) {
            return command();
        }
        List<TaskAssignment> known = broker.dispatched.stream()
                .filter(made -> isOne(made.getJobId()))
                .filter(made -> dice == 6 || !broker.hasEnded(made.getAssignmentId()))
                .filter(made -> !broker.isUnreported(made.getAssignmentId()))
                .toList();
        return known.isEmpty() ? "nothing to report" : report(known.get(random.nextInt(known.size())));
    }

    private String submit() {
        long job = FIRST_JOB + models.size();
        GraphSketch graph = new GraphSketch();
        GraphSketch any = RandomGraphs.of(random);
        any.stages().forEach(stage -> graph.stage(withShortBackoff(stage)));
        if (any.onFailure() == OnFailure.CONTINUE) {
            graph.goesOn();
        }
        if (any.hasCommit()) {
            graph.commit();
        }
        if (any.hasCleanup()) {
            graph.cleanup();
        }
        graph.group(any.group());
        models.put(job, new GraphModel(job, graph));
        int parts = forgets ? 1 : Math.min(1 + random.nextInt(3), graph.stages().size());
        send(job, graph, parts);
        return "job " + job + " in " + parts + " parts: " + graph.stages();
    }

    private static GraphStage withShortBackoff(GraphStage stage) {
        return new GraphStage(
                stage.name(),
                stage.tasks(),
                stage.after(),
                stage.when(),
                stage.attempts(),
                Math.min(stage.backoff(), LONGEST_BACKOFF_MS),
                stage.timeout(),
                stage.priority(),
                stage.needs(),
                stage.pool(),
                stage.payload());
    }

    private String submitWithoutSense() {
        long job = FIRST_REFUSED + refused++;
        String after = List.of("b", "nowhere", "each c", "a").get(random.nextInt(4));
        send(job, new GraphSketch().stage("a", 1, after).stage("b", 1, "a").stage("c", 2), 1);
        return "job " + job + " whose first stage waits for " + after;
    }

    private void send(long job, GraphSketch graph, int parts) {
        int stages = graph.stages().size();
        for (int part = 0; part < parts; part++) {
            List<Stage> ofPart = graph.stages().subList(stages * part / parts, stages * (part + 1) / parts).stream()
                    .map(SimulatedGraphs::stage)
                    .toList();
            JobGraph record = JobGraph.newBuilder()
                    .setResourceGroupId(graph.group())
                    .setJobId(job)
                    .setCommit(graph.hasCommit())
                    .setCleanup(graph.hasCleanup())
                    .setOnFailure(io.yardmaster.schemas.OnFailure.valueOf(
                            graph.onFailure().name()))
                    .setStages(ofPart)
                    .setPart(part)
                    .setParts(parts)
                    .build();
            broker.send(shardOf(job), SimulatedBroker.GRAPHS, record);
        }
    }

    private static Stage stage(GraphStage stage) {
        return new Stage(
                stage.name(),
                stage.tasks(),
                stage.after().stream()
                        .map(after -> new StageDependency(after.stage(), after.each()))
                        .toList(),
                When.valueOf(stage.when().name()),
                stage.attempts(),
                stage.backoff(),
                stage.timeout(),
                ByteBuffer.wrap(stage.payload()),
                stage.needs(),
                "",
                0,
                Map.of(),
                false);
    }

    private int shardOf(long job) {
        return JobPartition.of(job, broker.shards());
    }

    /** A command about a job of which something was dispatched, so that the scheduler knows it. */
    private String command() {
        List<Long> known = broker.dispatched.stream()
                .map(TaskAssignment::getJobId)
                .filter(SimulatedGraphs::isOne)
                .distinct()
                .toList();
        if (known.isEmpty()) {
            return "nothing to give commands about";
        }
        int dice = random.nextInt(8);
        CommandType type = dice == 0
                ? CommandType.CANCEL
                : dice < 3 ? CommandType.PAUSE : dice < 6 ? CommandType.RESUME : CommandType.SET_PRIORITY;
        return command(known.get(random.nextInt(known.size())), type);
    }

    private String command(long job, CommandType type) {
        int priority = type == CommandType.SET_PRIORITY ? random.nextInt(3) - 1 : 0;
        broker.send(shardOf(job), SimulatedBroker.COMMANDS, new JobCommand(job, -1L, type, "", "", priority));
        return type + " job " + job;
    }

    private String report(TaskAssignment made) {
        TaskEnd end = random.nextInt(10) == 0 ? TaskEnd.REFUSED : outcome(made);
        broker.report(
                shardOf(made.getJobId()),
                new TaskOutcome(
                        made.getAssignmentId(),
                        made.getResourceGroupId(),
                        made.getJobId(),
                        made.getSessionId(),
                        made.getKind(),
                        made.getTaskIndex(),
                        made.getAttempt(),
                        TaskResult.valueOf(end.name()),
                        "",
                        TIME,
                        TIME,
                        "worker"));
        return end + " of " + made;
    }

    /** An execution manager is about to commit the offset behind an assignment. */
    void pass(TaskAssignment made) {
        if (!isFleetMixed || !isOne(made.getJobId()) || broker.hasEnded(made.getAssignmentId())) {
            return;
        }
        if (broker.sessions.stream().anyMatch(session -> session > made.getSessionId())) {
            broker.fence(made);
        } else if (isSilent(made)) {
            broker.endSilently(made);
        } else {
            report(made);
        }
    }

    /** Returns whether an assignment ends well at one that writes no outcomes. */
    private boolean isSilent(TaskAssignment made) {
        return isFleetMixed && outcome(made) == TaskEnd.SUCCEEDED && made.getAssignmentId() % 3 > 0;
    }

    private TaskEnd outcome(TaskAssignment made) {
        return made.getKind() == TaskKind.CLEANUP
                ? TaskEnd.SUCCEEDED
                : outcome(made.getJobId(), made.getTaskIndex(), made.getAttempt());
    }

    /** Fixed for each attempt of each task; -1 is the commit task. */
    private TaskEnd outcome(long job, int task, int attempt) {
        int chance = new Random(Objects.hash(seed, job, task, attempt) * 31L + 7).nextInt(100);
        int fails = 5 * Math.floorMod(Objects.hash(seed, job), 8);
        return chance < fails ? TaskEnd.FAILED : chance < fails + 2 ? TaskEnd.KILLED : TaskEnd.SUCCEEDED;
    }

    /** The fleet ends all that it has. */
    void answerAll() {
        List.copyOf(broker.dispatched).stream()
                .filter(made -> isOne(made.getJobId()) && !broker.hasEnded(made.getAssignmentId()))
                .filter(made -> !isSilent(made))
                .forEach(this::report);
    }

    void resumeAll() {
        models.keySet().forEach(job -> command(job, CommandType.RESUME));
    }

    /** Checks the decisions of one call in one shard. */
    void check(int shard, List<Decision> decisions, long session) {
        Map<Long, List<Decision>> byJob = new HashMap<>();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.SessionBegan) {
                ofShard(shard).forEach(GraphModel::beginSession);
            } else if (decision instanceof Decision.Obeyed obeyed && models.containsKey(obeyed.job())) {
                models.get(obeyed.job()).obeyed(obeyed.command());
            }
            byJob.computeIfAbsent(GraphModel.jobOf(decision), job -> new ArrayList<>())
                    .add(decision);
        }
        byJob.forEach((job, ofJob) -> {
            if (models.containsKey(job)) {
                models.get(job).take(ofJob, session);
            } else if (job >= FIRST_REFUSED && !(ofJob.get(0) instanceof Decision.GraphRefused)) {
                throw new AssertionError("G3: of a graph without sense: " + ofJob);
            }
        });
    }

    private List<GraphModel> ofShard(int shard) {
        return models.entrySet().stream()
                .filter(model -> shardOf(model.getKey()) == shard)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The jobs that have not ended. */
    Set<String> notEnded() {
        return models.entrySet().stream()
                .filter(model -> !model.getValue().hasEnded())
                .map(model -> "the end of job " + model.getKey())
                .collect(Collectors.toSet());
    }

    /** Checks that each job has ended as its tasks did. */
    void checkEnds() {
        models.forEach((job, model) ->
                model.checkEnd((task, attempt) -> outcome(job, task, attempt), forgets || isFleetMixed));
    }
}
