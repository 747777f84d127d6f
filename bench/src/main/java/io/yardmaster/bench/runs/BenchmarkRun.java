package io.yardmaster.bench.runs;

import io.yardmaster.bench.report.Figures;
import java.util.List;

/** One or more benchmarks that are measured in the same rounds. */
public interface BenchmarkRun {
    /** The ids that the options may name. */
    List<String> ids();

    /** Measures the wanted ones, of which there is at least one. */
    void run(BenchCluster cluster, Figures figures);
}
