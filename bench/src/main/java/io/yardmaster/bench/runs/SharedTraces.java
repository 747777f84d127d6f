package io.yardmaster.bench.runs;

import io.yardmaster.bench.core.RecordedNeeds;
import io.yardmaster.bench.core.SharedFleet;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.report.Target;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** B26: dominant shares of the groups of recorded traces, each with endless work, in virtual time. Needs their files, which are not part of the project. */
public final class SharedTraces implements BenchmarkRun {
    private static final String ID = "B26";
    private static final long WARMUP = 3_000;
    private static final long TASKS = 15_000;

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public void run(BenchCluster cluster, Figures figures) {
        List<String> traces = cluster.options().sharedTraces();
        if (traces.isEmpty()) {
            cluster.progress().println(ID + " is left out: it needs traces, see --trace");
        }
        for (String trace : traces) {
            Path file = Path.of(trace);
            SharedFleet fleet = new SharedFleet(RecordedNeeds.read(file));
            fleet.run(WARMUP);
            fleet.beginMeasurement();
            fleet.run(TASKS);
            Map<String, Double> shares = fleet.dominantShares();
            String words = shares.entrySet().stream()
                    .map(share -> String.format(Locale.ROOT, "%s %.1f %%", share.getKey(), 100 * share.getValue()))
                    .collect(Collectors.joining(", "));
            double difference = Collections.max(shares.values()) - Collections.min(shares.values());
            figures.add(new Figure(
                    ID + "." + name(file),
                    "largest difference of dominant shares, " + file.getFileName(),
                    new Sample(List.of(100 * difference)),
                    Unit.PERCENT,
                    Target.atMost(5),
                    words));
        }
    }

    /** The name of a file up to its first dot. */
    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\..*", "");
    }
}
