package io.yardmaster.bench.fairness;

import io.yardmaster.bench.report.OutputOption;
import io.yardmaster.bench.runs.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures how evenly jobs and groups are served over many shards, and how fast a new session reaches all of them. */
@Command(
        name = "fairness",
        description = {
            "Measures how evenly jobs, or groups, are served over many shards, and how long other shards"
                    + " go on with an older session.",
            "Jobs have endless backlogs, 7 of 10 in one shard; the fleet is the bottleneck."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FairnessCommand implements Callable<Integer> {
    private static final long SESSION = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommandLineOptions commandLine;

    @Mixin
    private OutputOption output;

    private final List<EvennessRound.Result> evenness = new ArrayList<>();
    private final List<SessionBumps.Result> bumps = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        FairnessOptions options = commandLine.check(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        output.begin();
        out.flush();
        Path work = output.newData();
        try (Rig rig = new Rig(work, output.directory())) {
            for (int shards : options.shards()) {
                for (int instances : options.instances()) {
                    for (String fairness : options.fairness()) {
                        measure(rig, new MeasuredDeployment.Layout(shards, instances, fairness), options);
                    }
                }
            }
        } finally {
            StateDirectory.delete(work);
        }
        out.println();
        out.print(FairnessTable.of(evenness, bumps, options));
        out.flush();
        return ExitCode.OK;
    }

    private void measure(Rig rig, MeasuredDeployment.Layout layout, FairnessOptions options) {
        PrintWriter progress = spec.commandLine().getErr();
        Placement placement = Placement.of(layout.shards(), options.jobs());
        try (MeasuredDeployment deployment = new MeasuredDeployment(rig, layout, options)) {
            EvennessRound.Result even = EvennessRound.run(deployment, placement, SESSION, options);
            evenness.add(even);
            progress.printf(
                    Locale.ROOT,
                    "%s: max/min worst %.3f, median %.3f, %.0f/s%n",
                    layout,
                    even.ratios().worst(),
                    even.ratios().median(),
                    even.perSecond());
            progress.flush();
            // The setting fairness makes no difference to new sessions.
            boolean once = layout.fairness().equals(options.fairness().get(0));
            if (layout.shards() > 1 && once && options.bumps() > 0) {
                SessionBumps.Result result = new SessionBumps(deployment, placement, SESSION).run(options.bumps());
                bumps.add(result);
                progress.printf(
                        "%s: new sessions took %s ms%n", layout, result.millis().values());
                progress.flush();
            }
        }
    }
}
