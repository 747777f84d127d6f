package io.yardmaster.app.cli;

import io.yardmaster.app.recording.RecordingSettings;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.fidelity.OrderComparison;
import io.yardmaster.replay.fidelity.ShardOrder;
import io.yardmaster.replay.recording.RecordedEntries;
import io.yardmaster.replay.recording.RecordingHeader;
import io.yardmaster.replay.recording.RecordingReader;
import io.yardmaster.topology.config.Durations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a recording with the choices of the core. */
@Command(
        name = "verify",
        description = {
            "Replay a recording under the policy that was in force, and compare the assignments with the recorded ones: a line",
            "for each shard, and its first difference. This is exact if the scheduler recorded its ticks (the setting record.ticks);",
            "otherwise the times of records say when and how many, and the scheduler's core which ones, up to the first graph that",
            "needs limits or a pool.",
            "A shard with ticks is compared up to the first graph with tasks for hosts (placement=hosts).",
            "Exit code 1 if they differ in more than what the boundaries of ticks explain."
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(1);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A file that 'replay record' made.")
    private Path file;

    @Option(
            names = "--slack",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description =
                    "Time after its record's within which a shard may have read an event, without record.ticks (default: ${DEFAULT-VALUE}).")
    private String slack;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Take another value of a recorded setting, such as fairness. Can be repeated.")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Override
    public Integer call() {
        long slackMs = Durations.parse(slack)
                .filter(value -> !value.isNegative() && value.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--slack=" + slack + ": must be a duration of up to 1h, such as 500ms or 5s"))
                .toMillis();
        try (RecordingReader reader = RecordingReader.open(file)) {
            RecordingHeader header = reader.header();
            Policy policy = RecordingSettings.policy(file.toString(), header, changes);
            RecordedEntries day = new RecordedEntries(reader);
            List<ShardOrder> shards = OrderComparison.of(day, header.shards(), policy, !changes.isEmpty(), slackMs);
            day.notices().forEach(line -> print(spec.commandLine().getErr(), "yardmaster: " + line));
            OrderComparison.limits(header, policy, day, shards)
                    .forEach(line -> print(spec.commandLine().getErr(), "yardmaster: " + line));
            shards.forEach(shard ->
                    shard.lines().forEach(line -> print(spec.commandLine().getOut(), line)));
            return shards.stream().allMatch(ShardOrder::isExplained) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
