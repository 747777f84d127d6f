package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.ChangelogReader;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.schemas.TaskReady;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Lets tasks be buffered while nobody takes assignments, twice as many as are counted: with the first half the clients
 * get all the buffers that they keep, the second half shows how the heap grows.
 */
final class StateRound {
    private static final int LINGER_MILLIS = 5;
    private static final String TABLE_FILES = ".sst";

    private final BenchCluster cluster;

    StateRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    StateSize run(Side side, LongFunction<TaskReady> events) {
        ChildJvm jvm = cluster.jvm(side);
        Workload workload = side.workload();
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                WorkloadSender sender =
                        WorkloadSender.visible(cluster.bootstrapServers(), topics.ready(), LINGER_MILLIS)) {
            jvm.call(StreamsContestant.START, cluster.settings(topics, side.settings()));
            double heap;
            try {
                sender.sendAll(workload, event -> ofOtherJobs(events.apply(event), workload.jobs()));
                double before = heap(jvm, sender, topics, workload.events() + 1);
                sender.sendAll(workload, events);
                heap = heap(jvm, sender, topics, 2 * (workload.events() + 1)) - before;
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
            }
            double rocksDb = StateDirectory.bytes(cluster.stateDirectory(topics), TABLE_FILES);
            StateDirectory.delete(cluster.stateDirectory(topics));
            double changelog = ChangelogReader.liveBytes(cluster.bootstrapServers(), topics.changelogs());
            double tasks = workload.tasks();
            return new StateSize(heap / tasks, rocksDb / tasks / 2, changelog / tasks / 2);
        }
    }

    private static TaskReady ofOtherJobs(TaskReady event, int jobs) {
        return new TaskReady(
                event.getResourceGroupId(),
                event.getJobId() + jobs,
                event.getSessionId(),
                event.getTaskIndices(),
                event.getAttempt());
    }

    /** Measures after one more event, which adds nothing, so that consumers keep little of their last fetch. */
    private static double heap(ChildJvm jvm, WorkloadSender sender, BenchTopics topics, long events) {
        topics.awaitTakenIn(events - 1, ThroughputRound.PATIENCE);
        sender.send(new TaskReady(0L, 0L, 0L, List.of(0), 0));
        sender.flush();
        topics.awaitTakenIn(events, ThroughputRound.PATIENCE);
        return Double.parseDouble(jvm.call(StreamsContestant.HEAP, Map.of()).get(StreamsContestant.HEAP_BYTES));
    }
}
