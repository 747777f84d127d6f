package io.yardmaster.bench.restart;

import io.yardmaster.app.cli.Version;
import io.yardmaster.bench.load.ScatteredEvents;
import io.yardmaster.bench.process.BrokerJvm;
import io.yardmaster.bench.report.OutputOption;
import io.yardmaster.bench.report.RoundsOption;
import io.yardmaster.bench.report.Table;
import io.yardmaster.bench.runs.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a restart after kill -9 with very many jobs, as shipped and with other settings. */
@Command(
        name = "restart",
        description = {
            "Measures how long an instance that was killed with kill -9 needs until it dispatches again on the same state",
            "directory, with very many jobs whose tasks came in random order. With --set it takes turns with what ships."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
public final class RestartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--tasks", defaultValue = "10000000", description = "Tasks in all (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @Option(names = "--jobs", defaultValue = "1000000", description = "Jobs (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--events-per-job",
            defaultValue = "2",
            description = "Events in which the tasks of a job come (default: ${DEFAULT-VALUE}).")
    private int eventsPerJob;

    @Mixin
    private RoundsOption rounds;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting of the second side in place of its default; without any there is one side only.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The seed of the order of events (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        ScatteredEvents events = events();
        PrintWriter out = spec.commandLine().getOut();
        output.begin();
        out.printf(Locale.ROOT, "%,d tasks of %,d jobs in %,d events, seed %d%n", tasks, jobs, events.events(), seed);
        out.flush();
        Path work = output.newData();
        RestartFigures figures = new RestartFigures();
        try (BrokerJvm broker = BrokerJvm.start(work.resolve("kafka"), output.directory())) {
            String servers = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                measure(new KilledRound(servers, admin, work, output.directory(), events), figures);
            }
        } finally {
            StateDirectory.delete(work);
        }
        out.println();
        out.print(Table.of(figures.figures()));
        out.flush();
        return ExitCode.OK;
    }

    private void measure(KilledRound round, RestartFigures figures) {
        for (int number = 1; number <= rounds.number(); number++) {
            figures.shipped(told(number, "as shipped", round.run("shipped" + number, Map.of())));
            if (!settings.isEmpty()) {
                figures.changed(told(number, changes(), round.run("changed" + number, settings)));
            }
        }
    }

    private KilledRestart told(int number, String side, KilledRestart measured) {
        PrintWriter progress = spec.commandLine().getErr();
        progress.printf(Locale.ROOT, "round %d of %d, %s: %s%n", number, rounds.number(), side, measured);
        progress.flush();
        return measured;
    }

    private String changes() {
        return settings.toString();
    }

    private ScatteredEvents events() {
        output.require(jobs >= 1, "--jobs=" + jobs + ": must be 1 or more");
        output.require(eventsPerJob >= 1, "--events-per-job=" + eventsPerJob + ": must be 1 or more");
        long events = (long) jobs * eventsPerJob;
        output.require(
                tasks >= events && tasks % events == 0,
                "--tasks=" + tasks + ": must be a multiple of --jobs times --events-per-job, " + events);
        rounds.check(output);
        return new ScatteredEvents(jobs, eventsPerJob, Math.toIntExact(tasks / events), seed);
    }
}
