package io.yardmaster.app.cli;

import io.yardmaster.app.policy.PolicyFile;
import io.yardmaster.app.recording.RecordingSpan;
import io.yardmaster.app.replay.DayFormat;
import io.yardmaster.app.replay.DayInputs;
import io.yardmaster.app.replay.DeadlineWords;
import io.yardmaster.app.replay.PolicyEntries;
import io.yardmaster.app.replay.PolicyWords;
import io.yardmaster.app.replay.SlotWords;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.Deadlines;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.ModelFleet.TaskDurations;
import io.yardmaster.replay.Replay;
import io.yardmaster.replay.ReplayPolicy;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.ReplayCsv;
import io.yardmaster.replay.report.ReplayJson;
import io.yardmaster.replay.report.ReplayPage;
import io.yardmaster.replay.report.ReplayTable;
import io.yardmaster.replay.traces.HostFile;
import io.yardmaster.topology.config.Durations;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.policy.PolicyKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a recorded day under other policies, and compares them. */
@Command(
        name = "replay",
        description = {
            "Replay a recorded day under other policies, and compare them with each other and with the day as it was.",
            "The scheduler of 'serve' decides, in virtual time, and a fleet of so many slots",
            "runs each task as long as it took on that day. Needs no Kafka, unless --from or --to asks for its topics.",
            "The same input, options and seed give the same output.",
            "Example:",
            "  yardmaster replay lcg-2005.swf.gz --slots 1600 --policy fairness=job \\",
            "    --policy weights.yaml,fairness=weighted,name=shares --html shares.html",
            "docs/replay.md explains the figures."
        },
        subcommands = {RecordCommand.class, VerifyCommand.class})
public final class ReplayCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(365);
    /** Tasks that run beside those on hosts, unless the user says another number. */
    private static final int SLOTS_WITH_HOSTS = 10_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..*",
            description = {
                "The recorded day: a trace in the Standard Workload Format (.swf), the batch tasks of an Alibaba cluster trace",
                "(.csv) or the pods of its GPU trace (.csv), a recording of a deployment (.jsonl, see 'replay record'), or jobs that",
                "come at once: workflows in WfFormat (.json), or in YAML (.yaml). Files may be compressed by gzip. Several traces are",
                "one day, by their own clocks."
            })
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = {
                "Instead of INPUT: replay what the topics of the deployment have from then on, as 'replay record' would record it:",
                PointInTime.ALLOWED + "."
            })
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Instead of INPUT: replay what the topics of the deployment have up to then.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = {
                "A policy to replay the day under; can be repeated. A file such as 'policy apply' reads, settings over those of the",
                "command (fairness, active.jobs, commit.per.cycle, cleanup.per.cycle, finalizing.expiry, dedup.expiry), and a",
                "name, separated by commas: weights.yaml,fairness=weighted,name=shares (default: the settings alone)."
            })
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--slots",
            paramLabel = "[POOL=]N",
            description = {
                "The size of the fleet: the number of tasks that run at the same time at most, beside those on hosts (default with --hosts:",
                "10000). POOL=N gives a pool slots of its own; can be repeated."
            })
    private List<String> slots = new ArrayList<>();

    @Option(
            names = "--hosts",
            paramLabel = "FILE",
            description = {
                "The fleet has these hosts, and tasks that ask for amounts or labels of a host are placed on them as in a pool with",
                "placement=hosts. A CSV file: the first column names the host, a column 'pool' its pool (default: it runs tasks of all); a",
                "column of whole numbers is one of amounts, another one of labels (default: the hosts that a recording has, which run the",
                "tasks of their pools)."
            })
    private Optional<Path> hosts = Optional.empty();

    @Option(
            names = "--durations",
            paramLabel = "KIND",
            defaultValue = "recorded",
            description = {
                "The tasks' durations: recorded, or drawn by chance from earlier tasks of the same stage, or in a trace without stages of",
                "the same user, in the same resource group (default: ${DEFAULT-VALUE})."
            })
    private String durations;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "The seed of drawn durations (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--unknown",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "The duration of a task where the input does not say it (default: ${DEFAULT-VALUE}).")
    private String unknown;

    @Option(
            names = "--deadline",
            paramLabel = "[GROUP=]TIME",
            description = {
                "The time within which each job, or each of a resource group, is to end after its submission; can be repeated. The",
                "scheduler does not know it: the jobs that miss it are counted."
            })
    private List<String> deadlines = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "The format of all inputs: swf, alibaba, alibaba-pods, wfformat, job or recording (default: by the extension or, if",
                "that does not tell, by the beginning of each file)."
            })
    private Optional<String> format = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--csv", paramLabel = "FILE", description = "Write all figures as CSV, a line for each.")
    private Optional<Path> csv = Optional.empty();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with tables and plots, which needs no other file.")
    private Optional<Path> html = Optional.empty();

    @Override
    public Integer call() throws IOException {
        ModelFleet fleet = fleet();
        Optional<DayFormat> known = format.map(word -> constant(DayFormat.values(), "--format", word));
        Deadlines deadlines = DeadlineWords.parse(this.deadlines);
        List<ReplayPolicy> replayed = policies();
        Comparison comparison = isOfTopics()
                ? ofTopics(fleet, deadlines, replayed)
                : compare(inputs, known, fleet, deadlines, replayed);
        PrintWriter out = spec.commandLine().getOut();
        out.print(ReplayTable.of(comparison));
        out.flush();
        write(json, ReplayJson.of(comparison));
        write(csv, ReplayCsv.of(comparison));
        write(html, ReplayPage.of(comparison));
        return ExitCode.OK;
    }

    /** Returns whether the day is what the topics of a deployment have of a time. */
    private boolean isOfTopics() {
        return from.isPresent() || to.isPresent();
    }

    private Comparison ofTopics(ModelFleet fleet, Deadlines within, List<ReplayPolicy> replayed) throws IOException {
        RecordingSpan span = PointInTime.span(spec, from, to, false, System.currentTimeMillis());
        try (RecordedDays recorded = RecordedDays.between(span, options, this::notice)) {
            return compare(List.of(recorded.file()), Optional.of(DayFormat.RECORDING), fleet, within, replayed);
        }
    }

    private void notice(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("yardmaster: " + line);
        err.flush();
    }

    private static Comparison compare(
            List<Path> files,
            Optional<DayFormat> format,
            ModelFleet fleet,
            Deadlines within,
            List<ReplayPolicy> replayed) {
        try (Day day = DayInputs.open(files, format)) {
            return Replay.of(day, fleet, within, replayed);
        }
    }

    private ModelFleet fleet() {
        // Not checked by picocli, which would ask for them before the subcommands, too.
        if (inputs.isEmpty() && !isOfTopics()) {
            throw wrong("Missing required parameter: 'INPUT'");
        }
        if (!inputs.isEmpty() && isOfTopics()) {
            throw wrong("--from and --to are for the topics of a deployment: give no INPUT with them");
        }
        SlotWords words = SlotWords.parse(slots);
        if (words.ofDefault().isEmpty() && hosts.isEmpty()) {
            throw wrong("Missing required option: '--slots=N'");
        }
        int size = words.ofDefault().orElse(SLOTS_WITH_HOSTS);
        long unless = Durations.parse(unknown)
                .filter(time -> !time.isNegative() && time.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> wrong("--unknown=%s: must be a time such as 500ms or 10m".formatted(unknown)))
                .toMillis();
        return new ModelFleet(
                        size,
                        constant(TaskDurations.values(), "--durations", durations),
                        seed,
                        unless,
                        hosts.map(HostFile::read).orElse(List.of()))
                .with(words.ofPools());
    }

    private <E extends Enum<E>> E constant(E[] all, String option, String word) {
        return Stream.of(all)
                .filter(one -> Labels.of(one).equals(word))
                .findFirst()
                .orElseThrow(() -> wrong("%s=%s: must be one of %s"
                        .formatted(
                                option,
                                word,
                                String.join(", ", Stream.of(all).map(Labels::of).toList()))));
    }

    private List<ReplayPolicy> policies() {
        List<ReplayPolicy> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String text : policies) {
            PolicyWords words = PolicyWords.parse(text);
            if (!names.add(words.name())) {
                throw wrong(
                        "--policy=%s: there is another policy of that name; name=NAME gives it one".formatted(text));
            }
            SortedMap<PolicyKey, SortedMap<String, Object>> entries =
                    words.file().map(PolicyFile::read).orElseGet(TreeMap::new);
            Policy settings = options.load(words.settings()).scheduler().policy();
            all.add(PolicyEntries.replayed(words.name(), settings, entries, problem -> {
                throw wrong("--policy=%s: %s".formatted(text, problem));
            }));
        }
        if (all.isEmpty()) {
            all.add(new ReplayPolicy("settings", options.load().scheduler().policy(), LivePolicy.NONE));
        }
        return all;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void write(Optional<Path> file, String text) throws IOException {
        if (file.isPresent()) {
            Files.writeString(file.get(), text);
        }
    }
}
