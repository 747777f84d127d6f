package io.yardmaster.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.yardmaster.app.demo.DemoFleet;
import io.yardmaster.app.demo.DemoJobs;
import io.yardmaster.app.demo.DemoRun;
import io.yardmaster.app.demo.FailureChance;
import io.yardmaster.app.demo.ProgressView;
import io.yardmaster.app.demo.SimulatedWork;
import io.yardmaster.app.demo.Snapshot;
import io.yardmaster.app.demo.SubmittedJob;
import io.yardmaster.app.demo.Summary;
import io.yardmaster.app.demo.TemporaryDirectory;
import io.yardmaster.app.jobs.GraphSender;
import io.yardmaster.app.jobs.JobFollower;
import io.yardmaster.app.jobs.PlannedGraph;
import io.yardmaster.app.jobs.PlannedJob;
import io.yardmaster.app.jobs.WorkflowPlan;
import io.yardmaster.app.log.Logs;
import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.settings.SettingsException;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.RetryPolicy;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs workflows on a scheduler, a Kafka and execution managers that live for as long as the command. */
@Command(
        name = "demo",
        description = {
            "Run workflows from end to end: Kafka, registry, scheduler and execution managers in this process.",
            "Execution managers sleep for each task's recorded runtime, divided by the speedup.",
            "Exit code 0 if all jobs came to their end, none was refused, and nothing was dispatched twice."
        })
public final class DemoCommand implements Callable<Integer> {
    /** A new member makes the others give up partitions at their next heartbeat; by default that takes seconds. */
    private static final String HEARTBEAT_MILLIS = "100";

    /** The sender in the headers of its graphs, by which it finds those that the scheduler has refused. */
    private static final String SENDER = "demo";

    private static final long REPAINT_MILLIS = 200;
    /** Bytes that must be free for the broker's log and the state. The bundled jobs need part of them, larger workflows more. */
    private static final long ROOM = 256L << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(
            paramLabel = "FILE",
            description = "Workflows in WfFormat 1.5 or 1.6, one job each (default: four jobs of a built-in workflow).")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--speedup",
            paramLabel = "X",
            defaultValue = "20",
            description = "Divide recorded runtimes by this (default: ${DEFAULT-VALUE}).")
    private double speedup;

    @Option(
            names = "--ems",
            paramLabel = "N",
            defaultValue = "4",
            description = "Number of execution managers (default: ${DEFAULT-VALUE}).")
    private int ems;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "4",
            description = "Tasks that each of them runs at once (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--fail-rate",
            paramLabel = "P",
            defaultValue = "0",
            description = "Fraction of the attempts that fail, from 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double failRate;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            defaultValue = "3",
            description = "Attempts of a task before its job fails (default: ${DEFAULT-VALUE}).")
    private int attempts;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides which attempts fail (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws Exception {
        require(speedup > 0 && Double.isFinite(speedup), "--speedup=" + speedup + ": must be a number above 0");
        requireFrom1("--ems", ems, TopicPlan.DEFAULT_DISPATCH_PARTITIONS);
        requireFrom1("--slots", slots, 1000);
        requireFrom1("--attempts", attempts, 1000);
        require(failRate >= 0 && failRate <= 1, "--fail-rate=" + failRate + ": must be a number from 0 to 1");
        List<SubmittedJob> jobs = DemoJobs.of(files);
        LayeredSettings settings = withDemoDefaults(withoutOthersServers(options.load()));
        int partBytes = GraphSender.partBytes(settings.scheduler());
        List<PlannedGraph> graphs = jobs.stream()
                .map(job -> new PlannedGraph(fileOf(job), planned(job), partBytes))
                .toList();
        Logs.warningsOnly();
        try (StopSignal stop = new StopSignal(OptionalInt.empty());
                TemporaryDirectory directory = TemporaryDirectory.create("yardmaster-demo", ROOM);
                RunningScheduler scheduler = new RunningScheduler()) {
            // Execution managers come and go here, and their log would disturb the painted progress.
            ((Logger) LoggerFactory.getLogger(ExecutionManager.class.getPackageName())).setLevel(Level.ERROR);
            say("starting Kafka, registry and scheduler in " + directory.path());
            LayeredSettings running = scheduler.startEmbedded(settings, directory.path(), 0);
            return play(jobs, graphs, running, scheduler, stop).succeeded() ? 0 : 1;
        }
    }

    private PlannedJob planned(SubmittedJob job) {
        return new PlannedJob(job.id(), job.resourceGroup(), WorkflowPlan.of(fileOf(job), job.workflow(), attempts));
    }

    private String fileOf(SubmittedJob job) {
        return files.isEmpty()
                ? job.workflow().name()
                : files.get((int) job.id() - 1).toString();
    }

    private Snapshot play(
            List<SubmittedJob> jobs,
            List<PlannedGraph> graphs,
            LayeredSettings running,
            RunningScheduler scheduler,
            StopSignal stop)
            throws InterruptedException, ExecutionException {
        SchedulerConfig config = running.scheduler();
        Fairness fairness = config.policy().fairness();
        say("%s jobs, %s execution managers with %s slots, speedup %s, dispatch capacity %s"
                .formatted(jobs.size(), ems, slots, speedup, config.dispatchCapacity()));
        try (GraphSender lane = new GraphSender(config, SENDER);
                JobFollower answers = new JobFollower(
                        config,
                        graphs.stream().map(PlannedGraph::job).toList(),
                        Optional.of(SENDER),
                        complaint -> {},
                        System::nanoTime)) {
            DemoRun run = new DemoRun(jobs, attempts, fairness, InstantSource.system());
            SimulatedWork work = new SimulatedWork(jobs, speedup, new FailureChance(failRate, seed), run::received);
            try (DemoFleet fleet = DemoFleet.start(ems, () -> ExecutionManager.builder()
                    .settings(running.with("kafka.heartbeat.interval.ms", HEARTBEAT_MILLIS, "demo")
                            .values())
                    .parallelism(slots)
                    .retries(RetryPolicy.NEVER)
                    .handler(work)
                    .listener(run))) {
                run.start();
                for (PlannedGraph graph : graphs) {
                    lane.send(graph.parts());
                }
                watch(run, answers, run.finished(), stop.given(), fleet.failure(), SchedulerFailure.of(scheduler));
                Snapshot end = run.snapshot();
                say("");
                new Summary(speedup, fairness).lines(end).forEach(this::say);
                return end;
            }
        }
    }

    /** Shows progress until one of these stages completes; throws the failure of one that fails. */
    private void watch(DemoRun run, JobFollower answers, CompletionStage<?>... ends)
            throws InterruptedException, ExecutionException {
        ProgressView view = new ProgressView(out(), Terminal.isThere());
        CompletableFuture<?> end = CompletableFuture.anyOf(
                Stream.of(ends).map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
        while (true) {
            answers.poll(Duration.ZERO);
            answers.refusals().forEach(run::refused);
            view.show(run.snapshot());
            try {
                end.get(REPAINT_MILLIS, TimeUnit.MILLISECONDS);
                view.show(run.snapshot());
                return;
            } catch (TimeoutException e) {
                // not yet: paint again
            }
        }
    }

    /** Variables and files may lead other commands to a Kafka and a registry; the demo reports that it ignores these. */
    private LayeredSettings withoutOthersServers(LayeredSettings given) {
        List<String> others =
                given.keys().stream().filter(DemoCommand::leadsElsewhere).toList();
        for (String key : others) {
            String origin = given.origin(key).orElseThrow();
            if (origin.equals(LayeredSettings.OPTION)) {
                throw new SettingsException(
                        key + " must not be set for demo, which brings its own Kafka and registry (" + origin + ")");
            }
            say("not used, as demo brings its own Kafka and registry: %s (%s)".formatted(key, origin));
        }
        return given.without(others);
    }

    private static boolean leadsElsewhere(String key) {
        return key.equals(Settings.BOOTSTRAP_SERVERS.key())
                || key.matches("kafka\\.([a-z.]+\\.)?(security\\.protocol|ssl\\..+|sasl\\..+)")
                || key.startsWith("schema.registry.")
                || key.startsWith("basic.auth.");
    }

    /** Keeps the window so small that jobs take turns while tasks wait, and lets HTTP use any free port. */
    private LayeredSettings withDemoDefaults(LayeredSettings given) {
        LayeredSettings settings = given;
        if (given.origin(Settings.DISPATCH_CAPACITY.key()).isEmpty()) {
            settings = settings.with(Settings.DISPATCH_CAPACITY.key(), String.valueOf(ems * slots), "demo");
        }
        if (given.origin(Settings.HTTP_LISTEN.key()).isEmpty()) {
            settings = settings.with(Settings.HTTP_LISTEN.key(), "127.0.0.1:0", "demo");
        }
        return settings;
    }

    private void requireFrom1(String option, int value, int most) {
        require(value >= 1 && value <= most, option + "=" + value + ": must be a whole number from 1 to " + most);
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void say(String line) {
        out().println(line);
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
