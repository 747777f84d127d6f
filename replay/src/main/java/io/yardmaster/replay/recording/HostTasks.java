package io.yardmaster.replay.recording;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows of which stages the scheduler placed the tasks on hosts: those of a pool that had {@code placement=hosts}, and those that ask
 * for labels or are gangs. A recording does not have what the hosts had left.
 */
public final class HostTasks {
    private static final String POOL_KEY = "pool/";
    private static final String PLACEMENT = "placement";
    private static final String ON_HOSTS = "hosts";

    private final Set<String> pools = new HashSet<>();

    /** The pool that a record of the policy gives {@code placement=hosts}; empty if it gives it to none. */
    static Optional<String> placed(RecordRow policy) {
        return policy.key().startsWith(POOL_KEY)
                        && policy.value(PLACEMENT).asText().equals(ON_HOSTS)
                ? Optional.of(policy.key().substring(POOL_KEY.length()))
                : Optional.empty();
    }

    /** From now on the tasks of this pool count as tasks for hosts; also later, as graphs that came meanwhile stay so. */
    public void place(String pool) {
        pools.add(pool);
    }

    /** Returns whether a graph has such a stage. */
    public boolean isIn(Event.GraphSubmitted graph) {
        return isBeside(Set.of(), graph);
    }

    /** Returns whether a graph has such a stage that is of none of these pools. */
    boolean isBeside(Set<String> others, Event.GraphSubmitted graph) {
        return graph.stages().stream().anyMatch(stage -> is(stage) && !others.contains(stage.pool()));
    }

    /** Returns whether the tasks of this pool count as tasks for hosts. */
    boolean isPlaced(String pool) {
        return pools.contains(pool);
    }

    private boolean is(GraphStage stage) {
        return !stage.hosts().isNone() || pools.contains(stage.pool());
    }

    /** The graph with needs of such stages as amounts of hosts, of which some may be limits of the policy that is replayed. */
    Event.GraphSubmitted demands(Event.GraphSubmitted graph) {
        return graph.withStages(graph.stages().stream()
                .map(stage -> is(stage) ? demands(stage) : stage)
                .toList());
    }

    private static GraphStage demands(GraphStage stage) {
        HostDemand demand = new HostDemand(
                stage.needs(), stage.hosts().labels(), stage.hosts().gang());
        return stage.withNeeds(Map.of(), stage.pool(), demand);
    }
}
