package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.load.OutcomeSender;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import io.yardmaster.schemas.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** B16: the hop in a chain of single tasks, from writing the outcome of one to the arrival of the next at the fleet. */
public final class ChainOfStages implements BenchmarkRun {
    private static final int STAGES = 1_000;
    private static final int UNCOUNTED = 200;
    private static final String NOTE = "a chain of 1,000 single tasks, the first 200 hops not counted";

    @Override
    public List<String> ids() {
        return List.of("B16");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Side side = Side.of(ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, new Workload(STAGES, 1, 1));
        Series<Latency> series = cluster.interleaved(0).run("hops", List.of(side), each -> hops(cluster, each));
        figures.add(new Figure(
                "B16.p50",
                "p50 of a hop, from an outcome to the next start",
                series.of(side.label(), Latency::p50),
                Unit.MILLIS,
                Target.atMost(10),
                NOTE));
        figures.add(new Figure(
                "B16.p99",
                "p99 of a hop, from an outcome to the next start",
                series.of(side.label(), Latency::p99),
                Unit.MILLIS,
                Target.atMost(40),
                NOTE));
    }

    private static List<Stage> chain() {
        List<Stage> stages = new ArrayList<>();
        for (int stage = 0; stage < STAGES; stage++) {
            stages.add(GraphSubmitter.stage("s" + stage, 1, stage == 0 ? List.of() : List.of("s" + (stage - 1))));
        }
        return stages;
    }

    private static Latency hops(BenchCluster cluster, Side side) {
        ChildJvm jvm = cluster.jvm(side);
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                GraphSubmitter sender = new GraphSubmitter(cluster.bootstrapServers(), topics.graphs())) {
            jvm.call(StreamsContestant.START, cluster.settings(topics, side.settings()));
            try (Drain drain = new Drain(cluster.bootstrapServers(), topics.dispatch(), topics.group());
                    OutcomeSender outcomes = new OutcomeSender(cluster.bootstrapServers(), topics.outcomes())) {
                List<Long> arrivals = new ArrayList<>();
                sender.send(1, chain());
                sender.flush();
                outcomes.answer(drain, STAGES, ThroughputRound.PATIENCE, assignment -> arrivals.add(System.nanoTime()));
                List<Double> hops = new ArrayList<>();
                for (int hop = UNCOUNTED; hop + 1 < STAGES; hop++) {
                    hops.add((arrivals.get(hop + 1) - arrivals.get(hop)) / 1e6);
                }
                Sample sample = new Sample(hops);
                return new Latency(sample.median(), sample.quantile(0.99));
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }
}
