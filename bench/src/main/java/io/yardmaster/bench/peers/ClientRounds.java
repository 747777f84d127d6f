package io.yardmaster.bench.peers;

import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.app.work.CommandTemplate;
import io.yardmaster.app.work.CommandWork;
import io.yardmaster.app.work.NoProcessGroupsException;
import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.contestants.SchedulerJvm;
import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.FleetSettings;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.process.BrokerJvm;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.runs.OutcomeRound;
import io.yardmaster.bench.runs.StateDirectory;
import io.yardmaster.client.AssignmentHandler;
import io.yardmaster.client.ExecutionManager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs graphs on this scheduler, with the Java client as its fleet, on fresh topics each time. Broker and scheduler have JVMs of
 * their own, which stay up until the end.
 */
final class ClientRounds implements AutoCloseable {
    private static final long WARM_UP_JOB = 1;
    private static final long JOB = 2;
    private static final int WARM_UP = 1_000;
    private static final int WARM_UP_COMMANDS = 100;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path work;
    private final Path output;
    private final int slots;
    private final Duration limit;
    private final BrokerJvm broker;
    private final Admin admin;
    private ChildJvm scheduler;
    private int rounds;

    /**
     * Starts a broker.
     *
     * @param work an empty directory for data
     * @param output an existing directory for logs
     * @param slots handlers that run at once, but for those that start processes: one for each core
     * @param limit of a round
     */
    ClientRounds(Path work, Path output, int slots, Duration limit) {
        this.slots = slots;
        this.work = work;
        this.output = output;
        this.limit = limit;
        broker = BrokerJvm.start(work.resolve("kafka"), output);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /**
     * One round. The fleet has run a few tasks before the clock starts, which stops when the scheduler has counted the last outcome.
     */
    ShapeResult run(Contender contender, WorkShape shape, int size) {
        if (!contender.startsProcesses()) {
            return run(shape, size, (assignment, context) -> {}, slots, WARM_UP, TimedHandler::hops);
        }
        int cores = Runtime.getRuntime().availableProcessors();
        try (CommandWork commands = CommandWork.start(CommandTemplate.parse("true"), GRACE)) {
            return run(shape, size, commands, cores, WARM_UP_COMMANDS, timed -> List.of(timed.meanPeriod()));
        } catch (NoProcessGroupsException | IOException e) {
            throw new BenchException("commands cannot be run: " + e.getMessage(), e);
        }
    }

    private ShapeResult run(
            WorkShape shape,
            int size,
            AssignmentHandler handler,
            int parallel,
            int warmUp,
            Function<TimedHandler, List<Double>> hops) {
        rounds++;
        String servers = broker.bootstrapServers();
        try (BenchTopics topics =
                        new BenchTopics(admin, "peers" + rounds, 1, TopicPlan.DEFAULT_DISPATCH_PARTITIONS, Map.of());
                GraphSubmitter sender = new GraphSubmitter(servers, topics.graphs())) {
            Map<String, String> settings = SchedulerJvm.settings(servers, topics);
            Path state = work.resolve("state" + rounds);
            TimedHandler timed = new TimedHandler(handler);
            start(state, settings);
            try {
                ExecutionManager fleet = fleet(settings, timed, parallel);
                try {
                    submit(sender, WARM_UP_JOB, WorkShape.FLAT, warmUp, timed);
                    topics.awaitOutcomesRead(warmUp, limit);
                    int tasks = shape.tasks(size);
                    long begun = System.nanoTime();
                    submit(sender, JOB, shape, size, timed);
                    topics.awaitOutcomesRead(warmUp + tasks, limit);
                    double seconds = (System.nanoTime() - begun) / 1e9;
                    OutcomeRound.requireCounted(warmUp + tasks, scheduler);
                    return new ShapeResult(tasks, seconds, shape == WorkShape.CHAIN ? hops.apply(timed) : List.of());
                } finally {
                    fleet.close();
                }
            } finally {
                scheduler.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(state);
            }
        }
    }

    private void start(Path state, Map<String, String> settings) {
        if (scheduler == null) {
            scheduler = SchedulerJvm.start(state, output.resolve("peers-yardmaster.log"), settings);
        } else {
            Map<String, String> own = new HashMap<>(settings);
            own.put("state.dir", state.toString());
            scheduler.call(StreamsContestant.START, own);
        }
    }

    private void submit(GraphSubmitter sender, long job, WorkShape shape, int size, TimedHandler timed) {
        timed.expect(shape.tasks(size));
        sender.send(job, shape.stages(size));
        sender.flush();
        timed.await(limit);
    }

    private static ExecutionManager fleet(Map<String, String> settings, TimedHandler handler, int parallel) {
        Map<String, String> own = FleetSettings.of(settings);
        return ExecutionManager.builder()
                .settings(own)
                .parallelism(parallel)
                .handler(handler)
                .start();
    }

    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.close();
        }
        admin.close();
        broker.close();
    }
}
