package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.load.OutcomeSender;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import io.yardmaster.schemas.Stage;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** B29: tasks of graphs that are placed on hosts, from submitting them to their last outcome, each counted once. */
public final class PlacedEndToEnd implements BenchmarkRun {
    private static final int HOSTS = 1_500;
    private static final Map<String, Long> HOST = Map.of("cpu", 16L, "memory", 65_536L);
    private static final Map<String, Long> TASK = Map.of("cpu", 1L, "memory", 2_048L);
    /** As the policy has it unless it says something else. */
    private static final long WINDOW = 10_000;

    private static final int JOBS = 1_000;
    /** Placed tasks in a round, to the events of a contestant as fast as the copy. */
    private static final int PART = 8;

    @Override
    public List<String> ids() {
        return List.of("B29");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        int tasksOfAJob = (int) Math.max(1, Math.min(1_000, cluster.options().size() / PART / JOBS));
        Side side = Side.of(
                ReadyToDispatch.SHIPPED, Contestant.YARDMASTER, new Workload((long) JOBS * tasksOfAJob, 1, JOBS));
        Series<Throughput> series =
                cluster.interleaved().run("placed on hosts", List.of(side), each -> round(cluster, each, tasksOfAJob));
        figures.add(new Figure(
                "B29",
                "tasks placed on 1,500 hosts, from submission to the last outcome",
                series.of(side.label(), Throughput::perSecond),
                Unit.PER_SECOND,
                Target.atLeast(20_000),
                String.format(Locale.ROOT, "1,000 graphs of %,d no-op tasks, each counted once", tasksOfAJob)));
    }

    private static Throughput round(BenchCluster cluster, Side side, int tasksOfAJob) {
        int tasks = JOBS * tasksOfAJob;
        List<Stage> stages = List.of(GraphSubmitter.placed("all", tasksOfAJob, PlacedDeployment.POOL, TASK));
        try (PlacedDeployment deployment =
                        new PlacedDeployment(cluster, side, WINDOW, Collections.nCopies(HOSTS, HOST));
                OutcomeSender outcomes = new OutcomeSender(
                        cluster.bootstrapServers(), deployment.topics().outcomes())) {
            double cpuBefore = ThroughputRound.cpuNanos(deployment.jvm());
            long start = System.nanoTime();
            Background sending = Background.start("graphs", () -> {
                for (long job = 1; job <= JOBS; job++) {
                    deployment.graphs().send(job, stages);
                }
                deployment.graphs().flush();
            });
            deployment
                    .fleet()
                    .answer(
                            tasks,
                            outcomes,
                            task -> ((int) task.getJobId() - 1) * tasksOfAJob + task.getTaskIndex(),
                            ThroughputRound.PATIENCE);
            deployment.topics().awaitOutcomesRead(tasks, ThroughputRound.PATIENCE);
            long end = System.nanoTime();
            sending.join();
            OutcomeRound.requireCounted(tasks, deployment.jvm());
            double cpu = (ThroughputRound.cpuNanos(deployment.jvm()) - cpuBefore) / 1e9;
            return new Throughput(tasks * 1e9 / (end - start), cpu / (tasks / 1e6), 0);
        }
    }
}
