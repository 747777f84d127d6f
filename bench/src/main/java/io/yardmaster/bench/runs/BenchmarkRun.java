package io.yardmaster.bench.runs;

import io.yardmaster.bench.report.Figures;
import java.util.List;

/** One or more benchmarks that are measured in the same rounds. */
public interface BenchmarkRun {
    /** The ids that the options may name. */
    List<String> ids();

    /** Measures those that are wanted, of which there is one at least. */
    void run(BenchCluster yard, Figures figures);
}
