package io.yardmaster.torture.nemesis;

import io.yardmaster.torture.load.PolicyOperator;
import io.yardmaster.torture.mutation.Patches;
import io.yardmaster.torture.process.Cluster;
import io.yardmaster.torture.process.EagerFlushes;
import io.yardmaster.torture.process.Replaceable;
import io.yardmaster.torture.process.TortureDeployment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The deployment under faults: three brokers, two schedulers with standbys, four execution managers of three kinds, and one of a pool. */
final class TortureRig implements AutoCloseable {
    static final int CAPACITY = 64;

    /** The scheduler that writes its state to disk all the time. */
    static final int FLUSHES_EAGERLY = 1;

    private static final int LANES = 4;
    private static final int DISPATCH_PARTITIONS = 8;
    private static final int SCHEDULERS = 2;
    private static final int WORK_MILLIS = 25;
    private static final int PARALLEL = 4;
    private static final String REFUSED_BACKOFF = "200ms";

    private final Cluster cluster;
    private final TortureDeployment deployment;
    private final List<Replaceable> schedulers;
    private final List<Replaceable> workers;

    /** @param byWeight true if groups take turns by weight, false if all jobs do */
    TortureRig(Path directory, boolean byWeight) {
        cluster = new Cluster(directory);
        deployment = new TortureDeployment(
                cluster.bootstrapServers(),
                directory,
                "torture",
                Map.of(
                        "dispatch.capacity",
                        Integer.toString(CAPACITY),
                        "fairness",
                        byWeight ? "weighted" : "job",
                        "events",
                        "tasks",
                        "record.ticks",
                        "true",
                        "refused.backoff",
                        REFUSED_BACKOFF));
        deployment.createTopics(cluster.admin(), LANES, DISPATCH_PARTITIONS, Cluster.NODES);
        deployment.createPool(cluster.admin(), PolicyOperator.POOL);
        Path patches = Patches.clock(directory.resolve("classes"));
        schedulers = IntStream.range(0, SCHEDULERS)
                .mapToObj(instance -> deployment.scheduler(instance, patches, own(instance)))
                .toList();
        workers = List.of(
                deployment.worker(0, WORK_MILLIS / 1e3, PARALLEL),
                deployment.silentWorker(1, WORK_MILLIS / 1e3, PARALLEL),
                deployment.fickleWorker(2, WORK_MILLIS, PARALLEL),
                deployment.fickleWorker(3, WORK_MILLIS, PARALLEL),
                deployment.poolWorker(4, PolicyOperator.POOL, WORK_MILLIS / 1e3, PARALLEL));
        schedulers.forEach(Replaceable::start);
        workers.forEach(Replaceable::start);
    }

    private static Map<String, String> own(int instance) {
        Map<String, String> own = new HashMap<>(Map.of("kafka.num.standby.replicas", "1"));
        if (instance == FLUSHES_EAGERLY) {
            own.put("kafka.rocksdb.config.setter", EagerFlushes.class.getName());
        }
        return own;
    }

    Cluster cluster() {
        return cluster;
    }

    TortureDeployment deployment() {
        return deployment;
    }

    List<Replaceable> schedulers() {
        return schedulers;
    }

    List<Replaceable> workers() {
        return workers;
    }

    /** Processes that should run and do not. */
    List<Replaceable> dead() {
        return Stream.concat(schedulers.stream(), workers.stream())
                .filter(process -> !process.isAlive())
                .toList();
    }

    @Override
    public void close() {
        deployment.close();
        cluster.close();
    }
}
