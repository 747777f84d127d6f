package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;
import java.util.Locale;

/** B15: jobs of one stage each, from submitting them to their last outcome, to the assignments of B1 in the same run. */
public final class JobsOfOneStage implements BenchmarkRun {
    private static final int JOBS = 1_000;
    private static final int MOST_TASKS_OF_A_JOB = 1_000;
    private static final String GRAPHS = "yardmaster, graphs";
    private static final String EVENTS = "yardmaster, ready events";

    @Override
    public List<String> ids() {
        return List.of("B15");
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        int tasksOfAJob = (int) Math.min(MOST_TASKS_OF_A_JOB, cluster.options().size() / JOBS);
        long tasks = (long) JOBS * tasksOfAJob;
        Workload workload = new Workload(tasks, 1, JOBS);
        List<Side> sides = List.of(
                Side.of(EVENTS, Contestant.YARDMASTER, workload), Side.of(GRAPHS, Contestant.YARDMASTER, workload));
        Series<Throughput> series = cluster.interleaved()
                .run(
                        "graphs",
                        sides,
                        side -> side.label().equals(EVENTS)
                                ? new ThroughputRound(cluster).run(side)
                                : new GraphRound(cluster).run(side, tasks, sender -> submit(sender, tasksOfAJob)));
        figures.add(new Figure(
                "B15",
                "tasks of graphs, from submission to the last outcome, to B1's assignments",
                series.ratio(GRAPHS, EVENTS, Throughput::perSecond),
                Unit.TIMES,
                Target.atLeast(0.5),
                String.format(Locale.ROOT, "1,000 jobs of one stage of %,d tasks", tasksOfAJob)));
        series.labels()
                .forEach(label ->
                        figures.addAbsolute("B15, " + label + ", per second", series.of(label, Throughput::perSecond)));
    }

    private static void submit(GraphSubmitter sender, int tasksOfAJob) {
        for (long job = 1; job <= JOBS; job++) {
            sender.send(job, List.of(GraphSubmitter.stage("all", tasksOfAJob, List.of())));
        }
    }
}
