package io.yardmaster.bench.runs;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.contestants.PlacementFacts;
import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.load.PlacedFleet;
import io.yardmaster.bench.load.PolicySender;
import io.yardmaster.bench.process.ChildJvm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A scheduler on topics of its own, with one pool whose tasks are placed on hosts. */
final class PlacedDeployment implements AutoCloseable {
    static final String POOL = "farm";

    private static final int PARTITIONS = 16;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final BenchCluster cluster;
    private final ChildJvm jvm;
    private final BenchTopics topics;
    private GraphSubmitter graphs;
    private PlacedFleet fleet;
    private boolean started;

    /**
     * Returns when the scheduler has heard of all hosts.
     *
     * @param window the most tasks of the pool that wait for a host or run
     * @param hosts what each has
     */
    PlacedDeployment(BenchCluster cluster, Side side, long window, List<Map<String, Long>> hosts) {
        this.cluster = cluster;
        String servers = cluster.bootstrapServers();
        jvm = cluster.jvm(side);
        topics = cluster.newStampedTopics(side.contestant());
        try {
            String poolTopic = topics.createPool(POOL, PARTITIONS);
            PolicySender.placeOnHosts(servers, topics.policy(), POOL, window);
            graphs = new GraphSubmitter(servers, topics.graphs());
            jvm.call(StreamsContestant.START, cluster.settings(topics, side.settings()));
            started = true;
            fleet = new PlacedFleet(servers, topics, poolTopic, POOL, PARTITIONS, hosts);
            await(
                    hosts.size() + " hosts are known",
                    facts -> Integer.parseInt(facts.get(PlacementFacts.HOSTS)) == hosts.size());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Waits until something is so; returns the facts that say it.
     *
     * @throws BenchException if it is not after a minute
     */
    Map<String, String> await(String what, Predicate<Map<String, String>> isSo) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < ThroughputRound.PATIENCE.toNanos()) {
            Map<String, String> facts = jvm.call(StreamsContestant.PLACEMENT, Map.of());
            if (isSo.test(facts)) {
                return facts;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new BenchException("%s: it is not so after %s s that %s"
                .formatted(topics.round(), ThroughputRound.PATIENCE.toSeconds(), what));
    }

    BenchTopics topics() {
        return topics;
    }

    ChildJvm jvm() {
        return jvm;
    }

    GraphSubmitter graphs() {
        return graphs;
    }

    PlacedFleet fleet() {
        return fleet;
    }

    @Override
    public void close() {
        if (fleet != null) {
            fleet.close();
        }
        if (started) {
            jvm.call(StreamsContestant.STOP, Map.of());
        }
        if (graphs != null) {
            graphs.close();
        }
        StateDirectory.delete(cluster.stateDirectory(topics));
        topics.close();
    }
}
