package io.yardmaster.topology;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.HostLimits;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Nearest;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes the core's events of graphs, and refuses those that make no sense for a reason that the record alone shows; the core
 * finds the others (G3).
 */
public final class GraphEvents {
    private static final Pattern LIMIT_NAME = Pattern.compile(GraphLimits.LIMIT_NAME);
    private static final Pattern POOL_NAME = Pattern.compile(GraphLimits.POOL_NAME);

    private GraphEvents() {}

    /**
     * The event of a graph.
     *
     * @throws InvalidEventException with the reason if the graph makes no sense under this policy
     */
    static Event.GraphSubmitted of(JobGraph graph, Record<Long, SpecificRecord> record, PolicySnapshot policy) {
        return of(graph, record, policy.live().limits(), policy.placed());
    }

    /**
     * The same.
     *
     * @param limits the capacities that the policy has, by key
     * @param placed the pools that place tasks on hosts
     */
    static Event.GraphSubmitted of(
            JobGraph graph, Record<Long, SpecificRecord> record, Map<String, Long> limits, Set<String> placed) {
        Events.checkSession(graph.getSessionId());
        Events.checkPriority(graph.getPriority());
        checkName(graph.getName());
        checkRange("parts", graph.getParts(), 1, GraphLimits.PARTS);
        checkRange("part", graph.getPart(), 0, graph.getParts() - 1);
        check(graph, limits, placed);
        return new Event.GraphSubmitted(
                graph.getResourceGroupId(),
                graph.getJobId(),
                graph.getSessionId(),
                graph.getPriority(),
                graph.getCommit(),
                graph.getCleanup(),
                switch (graph.getOnFailure()) {
                    case STOP -> OnFailure.STOP;
                    case CONTINUE -> OnFailure.CONTINUE;
                },
                graph.getStages().stream()
                        .map(stage -> stage(stage, placed.contains(stage.getPool()) ? limits.keySet() : null))
                        .toList(),
                graph.getPart(),
                graph.getParts(),
                record.timestamp(),
                PackedTrace.of(record.headers()),
                graph.getName());
    }

    private static void check(JobGraph graph, Map<String, Long> limits, Set<String> placed) {
        List<Stage> stages = graph.getStages();
        if (stages.isEmpty()) {
            throw new InvalidEventException("stages is empty");
        }
        checkCount("stages", stages.size(), GraphLimits.STAGES);
        Set<String> names = new HashSet<>();
        long dependencies = 0;
        for (Stage stage : stages) {
            check(stage);
            boolean onHosts = placed.contains(stage.getPool());
            checkPool(stage, limits);
            checkNeeds(stage, limits, onHosts);
            checkHosts(stage, onHosts);
            checkGang(stage, graph.getResourceGroupId(), limits);
            if (!names.add(stage.getName())) {
                throw new InvalidEventException("two stages have the name " + stage.getName());
            }
            dependencies += stage.getAfter().size();
        }
        checkCount("dependencies", dependencies, GraphLimits.DEPENDENCIES);
    }

    private static void check(Stage stage) {
        int length = stage.getName().length();
        if (length < 1 || length > GraphLimits.STAGE_NAME) {
            throw new InvalidEventException("the name of a stage has %s characters, must have 1 to %s"
                    .formatted(length, GraphLimits.STAGE_NAME));
        }
        String of = " of stage " + stage.getName();
        checkRange("tasks" + of, stage.getTasks(), 1, GraphLimits.TASKS);
        checkRange("attempts" + of, stage.getAttempts(), 1, GraphLimits.ATTEMPTS);
        checkRange("backoff_ms" + of, stage.getBackoffMs(), 0, GraphLimits.TIME.toMillis());
        checkRange("priority" + of, stage.getPriority(), -GraphLimits.STAGE_PRIORITY, GraphLimits.STAGE_PRIORITY);
        checkRange("timeout_ms" + of, stage.getTimeoutMs(), 0, GraphLimits.TIME.toMillis());
        int payload = stage.getPayload().remaining();
        if (payload > GraphLimits.PAYLOAD_BYTES) {
            throw new InvalidEventException(
                    "payload%s has %s bytes, may have %s".formatted(of, payload, GraphLimits.PAYLOAD_BYTES));
        }
    }

    private static void checkName(String name) {
        if (name.length() > GraphLimits.JOB_NAME) {
            throw new InvalidEventException(
                    "name has %s characters, may have %s".formatted(name.length(), GraphLimits.JOB_NAME));
        }
    }

    private static void checkNeeds(Stage stage, Map<String, Long> limits, boolean onHosts) {
        String of = "stage " + stage.getName() + " needs ";
        if (stage.getNeeds().size() > GraphLimits.NEEDS) {
            throw new InvalidEventException(
                    of + "%s limits, may need %s".formatted(stage.getNeeds().size(), GraphLimits.NEEDS));
        }
        new TreeMap<>(stage.getNeeds()).forEach((limit, units) -> {
            if (!LIMIT_NAME.matcher(limit).matches()) {
                throw new InvalidEventException(
                        of + "a limit whose name is not one of up to 64 of a-z, 0-9, '.', '_' and '-'");
            }
            Long capacity = limits.get(LimitKeys.named(limit));
            if (capacity == null && onHosts) {
                checkRange("need of " + limit + " of stage " + stage.getName(), units, 1, HostLimits.AMOUNT);
                return;
            }
            checkRange("need of limit " + limit + " of stage " + stage.getName(), units, 1, GraphLimits.UNITS);
            if (capacity == null) {
                throw new InvalidEventException(of + "limit " + limit + ", which the policy does not have"
                        + near(LimitKeys.named(limit), limits));
            }
            if (units > capacity) {
                throw new InvalidEventException(
                        of + "%s of limit %s, of which there are %s".formatted(units, limit, capacity));
            }
            checkGang(stage, units, "limit " + limit, capacity);
        });
    }

    /** The tasks of a gang run at once, which is limited for jobs and groups. */
    private static void checkGang(Stage stage, long group, Map<String, Long> limits) {
        Map<String, String> names = Map.of(
                LimitKeys.ALL, "tasks/all", LimitKeys.JOB, "tasks/job", LimitKeys.ofGroup(group), "group/" + group);
        new TreeMap<>(names).forEach((key, name) -> {
            Long capacity = limits.get(key);
            if (capacity != null && capacity > 0) {
                checkGang(stage, 1, "limit " + name, capacity);
            }
        });
    }

    /** A gang gets all that its tasks need at once. */
    private static void checkGang(Stage stage, long each, String limit, long capacity) {
        if (stage.getGang() && stage.getTasks() > capacity / each) {
            throw new InvalidEventException("the %s tasks of gang %s need more of %s than there is, %s"
                    .formatted(stage.getTasks(), stage.getName(), limit, capacity));
        }
    }

    private static void checkHosts(Stage stage, boolean onHosts) {
        String of = "stage " + stage.getName() + " ";
        if (!onHosts && (stage.getGang() || !stage.getLabels().isEmpty())) {
            throw new InvalidEventException(of + (stage.getGang() ? "is a gang" : "asks for labels of hosts")
                    + ", but its pool does not place tasks on hosts (placement=hosts in the policy)");
        }
        if (stage.getLabels().size() > GraphLimits.LABELS) {
            throw new InvalidEventException(of
                    + "asks for %s labels, may ask for %s"
                            .formatted(stage.getLabels().size(), GraphLimits.LABELS));
        }
        stage.getLabels().forEach((name, value) -> {
            if (!HostLimits.isLabel(name, value)) {
                throw new InvalidEventException(of + "asks for a label that no host can have");
            }
        });
        if (stage.getGang()) {
            checkRange("number of tasks of gang " + stage.getName(), stage.getTasks(), 1, GraphLimits.GANG);
            if (stage.getAfter().stream().anyMatch(StageDependency::getEach)) {
                throw new InvalidEventException(of + "is a gang, whose tasks cannot each wait for one task");
            }
        }
    }

    private static void checkPool(Stage stage, Map<String, Long> limits) {
        String pool = stage.getPool();
        if (pool.isEmpty()) {
            return;
        }
        String of = "stage " + stage.getName() + " is for ";
        if (!POOL_NAME.matcher(pool).matches()) {
            throw new InvalidEventException(of + "a pool whose name is not one of up to 32 of a-z, 0-9 and '-'");
        }
        Long window = limits.get(LimitKeys.ofPool(pool));
        if (window != null && window > 0) {
            checkGang(stage, 1, "the window of pool " + pool, window);
        }
        if (window == null) {
            throw new InvalidEventException(
                    of + "pool " + pool + ", which the policy does not have" + near(LimitKeys.ofPool(pool), limits));
        }
    }

    private static String near(String wanted, Map<String, Long> limits) {
        return Nearest.to(wanted, limits.keySet())
                .map(key -> "; the nearest entry is " + key)
                .orElse("");
    }

    private static void checkRange(String field, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new InvalidEventException("%s %s is not one from %s to %s".formatted(field, value, lowest, highest));
        }
    }

    private static void checkCount(String things, long count, int most) {
        if (count > most) {
            throw new InvalidEventException("the graph has %s %s, may have %s".formatted(count, things, most));
        }
    }

    /** A stage as the core knows it, all of whose needs are of limits. */
    public static GraphStage stage(Stage stage) {
        return stage(stage, null);
    }

    /** @param limits that the policy has, by key, of which other needs are amounts of hosts; null if all needs are of limits */
    private static GraphStage stage(Stage stage, Set<String> limits) {
        Map<String, Long> needs = new TreeMap<>(stage.getNeeds());
        Map<String, Long> ofHosts = new TreeMap<>(stage.getNeeds());
        needs.keySet().removeIf(need -> limits != null && !limits.contains(LimitKeys.named(need)));
        ofHosts.keySet().removeIf(needs::containsKey);
        return new GraphStage(
                stage.getName(),
                stage.getTasks(),
                stage.getAfter().stream()
                        .map(after -> new GraphStage.Dependency(after.getStage(), after.getEach()))
                        .toList(),
                switch (stage.getWhen()) {
                    case ALL -> GraphStage.When.ALL;
                    case ANY -> GraphStage.When.ANY;
                    case ENDED -> GraphStage.When.ENDED;
                },
                stage.getAttempts(),
                stage.getBackoffMs(),
                stage.getTimeoutMs(),
                stage.getPriority(),
                needs,
                stage.getPool(),
                new HostDemand(ofHosts, stage.getLabels(), stage.getGang()),
                bytes(stage.getPayload()));
    }

    private static byte[] bytes(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return GraphStage.NO_PAYLOAD;
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }
}
