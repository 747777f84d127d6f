package io.yardmaster.bench.fairness;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line's options for which deployments are measured and how long. */
final class CommandLineOptions {
    private static final Set<String> FAIRNESS =
            Set.of(EvennessRound.BY_JOB, EvennessRound.BY_GROUP, EvennessRound.WEIGHTED);
    private static final Duration WARMUP = Duration.ofSeconds(10);
    private static final int MOST_SHARDS = 64;
    private static final int MOST_INSTANCES = 16;

    @Option(
            names = "--quick",
            description = "4 shards, 2 intervals, 3 new sessions, unless other options say otherwise.")
    private boolean quick;

    @Option(names = "--lanes", split = ",", description = "Shards (default: 1,4,16, quick: 4).")
    private Set<Integer> shards;

    @Option(
            names = "--instances",
            split = ",",
            defaultValue = "1,3",
            description = "Instances of the scheduler (default: ${DEFAULT-VALUE}).")
    private Set<Integer> instances = new LinkedHashSet<>();

    @Option(
            names = "--fairness",
            split = ",",
            defaultValue = "job,resource-group",
            description =
                    "The setting fairness (default: ${DEFAULT-VALUE}); with weighted the groups have the weights 1, 2, 4, 8,"
                            + " 1, ..., by which their assignments are divided: benchmark B24.")
    private List<String> fairness = List.of();

    @Option(
            names = "--jobs",
            defaultValue = "64",
            description = "Jobs, of groups of 1, 1, 2, 4, 8, ... (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--rate",
            defaultValue = "3000",
            description = "Assignments per second that the fleet takes (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--windows", description = "Intervals in which assignments are counted (default: 6, quick: 2).")
    private Integer intervals;

    @Option(
            names = "--window-seconds",
            defaultValue = "10",
            description = "Length of an interval (default: ${DEFAULT-VALUE}).")
    private int intervalSeconds;

    @Option(names = "--bumps", description = "New sessions per deployment (default: 12, quick: 3).")
    private Integer bumps;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting of the scheduler in place of its default.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /**
     * The options, with a value for each.
     *
     * @throws ParameterException for an invalid value
     */
    FairnessOptions check(CommandLine command) {
        FairnessOptions options = new FairnessOptions(
                shards != null ? shards : quick ? Set.of(4) : new LinkedHashSet<>(List.of(1, 4, 16)),
                instances,
                fairness,
                jobs,
                rate,
                intervals != null ? intervals : quick ? 2 : 6,
                Duration.ofSeconds(intervalSeconds),
                WARMUP,
                bumps != null ? bumps : quick ? 3 : 12,
                settings);
        options.shards().forEach(count -> within(command, "--lanes", count, 1, MOST_SHARDS));
        instances.forEach(count -> within(command, "--instances", count, 1, MOST_INSTANCES));
        for (String one : fairness) {
            require(command, FAIRNESS.contains(one), "--fairness=" + one + ": must be job, resource-group or weighted");
        }
        int mostShards =
                options.shards().stream().mapToInt(count -> count).max().orElse(1);
        within(command, "--jobs", jobs, Placement.fewest(mostShards), 1_000);
        within(command, "--rate", rate, PacedFleet.MEMBERS, 100_000);
        within(command, "--windows", options.intervals(), 1, 1_000);
        within(command, "--window-seconds", intervalSeconds, 1, 600);
        within(command, "--bumps", options.bumps(), 0, 1_000);
        checkBacklog(command, options);
        return options;
    }

    /** A group with one job must not run out of work. */
    private static void checkBacklog(CommandLine command, FairnessOptions options) {
        long seconds = options.intervals() * options.interval().toSeconds()
                + 2 * options.warmup().toSeconds();
        int groups = Placement.of(1, options.jobs()).groups().size();
        long most = EvennessRound.BACKLOG * (long) groups / options.rate();
        require(
                command,
                seconds <= most,
                "--windows=%s of %s s: with --rate=%s the jobs have work for %s s only"
                        .formatted(options.intervals(), options.interval().toSeconds(), options.rate(), most));
    }

    private static void within(CommandLine command, String name, int value, int least, int most) {
        require(
                command,
                value >= least && value <= most,
                "%s=%s: must be from %s to %s".formatted(name, value, least, most));
    }

    private static void require(CommandLine command, boolean allowed, String problem) {
        if (!allowed) {
            throw new ParameterException(command, problem);
        }
    }
}
