package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.SchedulerJvm;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.load.OutcomeSender;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Submits graphs of two stages, answers some of their tasks, kills the instance, takes all assignments out of the window, and takes
 * the time from the next start, on the state directory that the kill left, until the first assignment. If there are no graphs one
 * event waits instead.
 */
final class GraphsKilledRound {
    private static final int LINGER_MILLIS = 5;
    private static final long MOST_ANSWERED = 20_000;

    private final BenchCluster cluster;

    GraphsKilledRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    Seconds run(Side side) {
        String servers = cluster.bootstrapServers();
        AtomicReference<ChildJvm> instance = new AtomicReference<>();
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                Drain fleet = new Drain(servers, topics.dispatch(), topics.group())) {
            Path state = cluster.stateDirectory(topics);
            Path log = cluster.output().resolve("killed-graphs.log");
            Map<String, String> settings = new HashMap<>(SchedulerJvm.settings(servers, topics));
            settings.putAll(cluster.options().settings());
            try {
                instance.set(SchedulerJvm.start(state, log, settings));
                setUnderWay(side.workload(), topics, fleet);
                instance.get().kill();
                fleet.takeAll();
                if (side.workload().tasks() == 0) {
                    sendOne(topics);
                }
                long start = System.nanoTime();
                Background starting =
                        Background.start("starter", () -> instance.set(SchedulerJvm.start(state, log, settings)));
                try {
                    long first = fleet.takeUntil(fleet.taken() + 1, ThroughputRound.PATIENCE);
                    return new Seconds((first - start) / 1e9);
                } finally {
                    starting.join();
                }
            } finally {
                if (instance.get() != null) {
                    instance.get().kill();
                }
                StateDirectory.delete(state);
            }
        }
    }

    private void setUnderWay(Workload graphs, BenchTopics topics, Drain fleet) {
        try (GraphSubmitter sender = new GraphSubmitter(cluster.bootstrapServers(), topics.graphs());
                OutcomeSender outcomes = new OutcomeSender(cluster.bootstrapServers(), topics.outcomes())) {
            int tasks = graphs.tasksPerEvent();
            for (long job = 1; job * tasks <= graphs.tasks(); job++) {
                sender.send(
                        job,
                        List.of(
                                GraphSubmitter.stage("first", tasks / 2, List.of()),
                                GraphSubmitter.stage("second", tasks - tasks / 2, List.of("first"))));
            }
            sender.flush();
            topics.awaitGraphsRead(graphs.events(), ThroughputRound.PATIENCE);
            long answered = Math.min(MOST_ANSWERED, graphs.tasks() / 4);
            outcomes.answer(fleet, answered, ThroughputRound.PATIENCE, assignment -> {});
            // A poll may bring more than were asked for, and each has got its outcome.
            topics.awaitOutcomesRead(fleet.taken(), ThroughputRound.PATIENCE);
        }
    }

    private void sendOne(BenchTopics topics) {
        try (WorkloadSender sender =
                WorkloadSender.visible(cluster.bootstrapServers(), topics.ready(), LINGER_MILLIS)) {
            sender.sendAll(new Workload(1, 1, 1));
        }
    }
}
