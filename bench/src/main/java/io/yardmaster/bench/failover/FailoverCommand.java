package io.yardmaster.bench.failover;

import io.yardmaster.bench.process.BrokerJvm;
import io.yardmaster.bench.report.OutputOption;
import io.yardmaster.bench.report.RoundsOption;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.bench.runs.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

/** Measures how long a shard stands still after kill -9 of the instance that has it. */
@Command(
        name = "failover",
        description = {
            "Measures the time from kill -9 of the instance that has a shard to the shard's next" + " assignment,",
            "as a read_committed reader sees it: restart = the same instance is started again at once; takeover ="
                    + " another",
            "one takes over; standby = another one that has a copy of the state."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FailoverCommand implements Callable<Integer> {
    private static final int FEWEST_TASKS = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "10000,1000000,10000000",
            description = "Numbers of buffered tasks (default: ${DEFAULT-VALUE}).")
    private List<Long> tasks = List.of();

    @Option(
            names = "--modes",
            split = ",",
            defaultValue = "restart,takeover,standby",
            description = "The instance that goes on (default: ${DEFAULT-VALUE}).")
    private List<String> modes = List.of();

    @Mixin
    private RoundsOption rounds;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting of the scheduler in place of its default.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        output.begin();
        settings.forEach((key, value) -> out.println("with " + key + "=" + value));
        out.flush();
        Path work = output.newData();
        FailoverTable table = new FailoverTable();
        try (BrokerJvm broker = BrokerJvm.start(work.resolve("kafka"), output.directory())) {
            String servers = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                measure(new FailoverRound(servers, admin, work, output.directory(), settings), table);
            }
        } finally {
            StateDirectory.delete(work);
        }
        out.println();
        out.print(table);
        out.flush();
        return ExitCode.OK;
    }

    private void measure(FailoverRound round, FailoverTable table) {
        PrintWriter progress = spec.commandLine().getErr();
        int number = 0;
        for (String label : modes) {
            for (long count : tasks) {
                List<Double> seconds = new ArrayList<>();
                for (int i = 0; i < rounds.number(); i++) {
                    seconds.add(round.run("failover" + ++number, Mode.named(label), count));
                    progress.printf(Locale.ROOT, "%s, %,d tasks: %.1f s%n", label, count, seconds.get(i));
                    progress.flush();
                }
                table.add(label, count, new Sample(seconds));
            }
        }
    }

    private void check() {
        for (String mode : modes) {
            output.require(Mode.named(mode) != null, "--modes=" + mode + ": must be of " + Mode.labels());
        }
        for (long count : tasks) {
            output.require(
                    count >= FEWEST_TASKS && count % FEWEST_TASKS == 0,
                    "--tasks=" + count + ": must be a multiple of " + FEWEST_TASKS);
        }
        rounds.check(output);
    }
}
