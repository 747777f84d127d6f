package io.yardmaster.bench.runs;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.ModelFleet.TaskDurations;
import io.yardmaster.replay.Replay;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.replay.recording.RecordingDay;
import io.yardmaster.replay.report.DaySide;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** B35: the CPU time of one thread of this JVM that replays a recording of B1's load, from the file to the figures. */
public final class ReplayedLoad implements BenchmarkRun {
    private static final String ID = "B35";
    private static final int JOBS = 1_000;
    private static final int SLOTS = 1_024;
    private static final double NANOS = 1e9;

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        Workload workload = new Workload(cluster.options().size(), 1, JOBS);
        Path file = recording(cluster, workload);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Double> rates = new ArrayList<>();
        for (int round = -cluster.options().warmups(); round < cluster.options().rounds(); round++) {
            long used = threads.getCurrentThreadCpuTime();
            DaySide side = replay(file);
            double seconds = (threads.getCurrentThreadCpuTime() - used) / NANOS;
            if (side.tasks() != workload.tasks()) {
                throw new BenchException("%s of %s tasks were replayed".formatted(side.tasks(), workload.tasks()));
            }
            cluster.progress()
                    .printf(Locale.ROOT, "%s: %,.0f assignments per s of CPU time%n", ID, side.tasks() / seconds);
            if (round >= 0) {
                rates.add(side.tasks() / seconds);
            }
        }
        figures.add(new Figure(
                ID,
                "a recording of B1's load, replayed: assignments per second of CPU time",
                new Sample(rates),
                Unit.PER_SECOND,
                Target.atLeast(1e6),
                "from the file on one thread"));
    }

    private static Path recording(BenchCluster cluster, Workload workload) {
        try {
            Path file = Files.createDirectories(cluster.directory("recordings")).resolve("load.jsonl.gz");
            LoadRecording.write(workload, file);
            cluster.progress()
                    .printf(
                            Locale.ROOT,
                            "%s: the recording has %.1f bytes per assignment%n",
                            ID,
                            (double) Files.size(file) / workload.tasks());
            return file;
        } catch (IOException e) {
            throw new BenchException("the recording cannot be written: " + e.getMessage(), e);
        }
    }

    private static DaySide replay(Path file) {
        ModelFleet fleet = new ModelFleet(SLOTS, TaskDurations.RECORDED, 0, 0);
        List<ReplayPolicy> policies = List.of(new ReplayPolicy("default", Policy.DEFAULT, LivePolicy.NONE));
        try (Day day = RecordingDay.open(file)) {
            return Replay.of(day, fleet, policies).replayed().get(0);
        }
    }
}
