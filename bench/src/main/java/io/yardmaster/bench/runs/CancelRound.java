package io.yardmaster.bench.runs;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.contestants.PlacementFacts;
import io.yardmaster.bench.contestants.PlacementFacts.MadePlan;
import io.yardmaster.bench.load.CancelReader;
import io.yardmaster.bench.load.CommandSender;
import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.schemas.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * Cancels jobs, one after the other, while the planner is at work. Each task of the other jobs needs a disk, a GPU and another amount of
 * cores; half of the hosts have disks, the others GPUs. So nothing gets a place, and a plan compares each task with each host. A
 * further job comes with each command, so that one plan follows the other.
 */
final class CancelRound {
    private static final int HOSTS = 5_000;
    private static final long CORES = 1_000_000;
    private static final Map<String, Long> DISKS = Map.of("cpu", CORES, "memory", 65_536L, "disk", 4L);
    private static final Map<String, Long> GPUS = Map.of("cpu", CORES, "memory", 65_536L, "gpu", 4L);
    private static final long WINDOW = 100_000;

    /** The number of jobs with which a plan takes seconds. */
    static final int JOBS = 60;

    private static final int SHAPES_OF_A_JOB = 1_000;

    private static final int COMMANDS = 150;
    private static final long FIRST_VICTIM = 1_000_001;
    private static final int TASKS_OF_A_VICTIM = 10;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A shorter plan is none of those that are meant. */
    private static final long LEAST_PLAN_MS = 1_000;

    private static final int LEAST_COUNTED = 100;

    private final BenchCluster cluster;
    private final int jobs;

    /** @param jobs beside those that are cancelled; without any, plans take no time, and all commands count */
    CancelRound(BenchCluster cluster, int jobs) {
        this.cluster = cluster;
        this.jobs = jobs;
    }

    CancelTimes run(Side side) {
        List<Map<String, Long>> hosts = IntStream.range(0, HOSTS)
                .mapToObj(host -> host % 2 == 0 ? DISKS : GPUS)
                .toList();
        try (PlacedDeployment deployment = new PlacedDeployment(cluster, side, WINDOW, hosts);
                CancelReader reader =
                        new CancelReader(cluster.bootstrapServers(), deployment.topics(), TASKS_OF_A_VICTIM);
                CommandSender commands = new CommandSender(
                        cluster.bootstrapServers(), deployment.topics().commands())) {
            submit(deployment.graphs());
            int waiting = jobs * SHAPES_OF_A_JOB + COMMANDS * TASKS_OF_A_VICTIM;
            deployment.await(
                    waiting + " tasks wait", facts -> Integer.parseInt(facts.get(PlacementFacts.WAITING)) == waiting);
            return measure(deployment, reader, commands);
        }
    }

    private void submit(GraphSubmitter graphs) {
        long cores = 1;
        for (long job = 1; job <= jobs; job++) {
            List<Stage> stages = new ArrayList<>();
            for (int stage = 0; stage < SHAPES_OF_A_JOB; stage++) {
                stages.add(stage("s" + stage, 1, cores++));
            }
            graphs.send(job, stages);
        }
        for (int victim = 0; victim < COMMANDS; victim++) {
            graphs.send(FIRST_VICTIM + victim, List.of(stage("all", TASKS_OF_A_VICTIM, cores)));
        }
        graphs.flush();
    }

    private static Stage stage(String name, int tasks, long cores) {
        return GraphSubmitter.placed(name, tasks, PlacedDeployment.POOL, Map.of("cpu", cores, "disk", 1L, "gpu", 1L));
    }

    private CancelTimes measure(PlacedDeployment deployment, CancelReader reader, CommandSender commands) {
        long[] appendedAt = new long[COMMANDS];
        Background sending = Background.start("commands", () -> {
            for (int victim = 0; victim < COMMANDS; victim++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                deployment.graphs().send(FIRST_VICTIM + COMMANDS + victim, List.of(stage("all", 1, SHAPES_OF_A_JOB)));
                appendedAt[victim] = commands.cancel(FIRST_VICTIM + victim);
            }
        });
        long start = System.nanoTime();
        while (reader.complete() < COMMANDS) {
            reader.poll();
            if (System.nanoTime() - start > ThroughputRound.PATIENCE.toNanos()) {
                throw new BenchException("%s of %s cancels took effect within %s s"
                        .formatted(reader.complete(), COMMANDS, ThroughputRound.PATIENCE.toSeconds()));
            }
        }
        sending.join();
        // A plan is known when it was applied; a further task asks for one behind the last command.
        deployment.graphs().send(FIRST_VICTIM - 1, List.of(stage("all", 1, SHAPES_OF_A_JOB)));
        Map<String, String> facts = deployment.await(
                "the plans are known that were made when the commands came",
                known ->
                        PlacementFacts.plans(known).stream().anyMatch(plan -> plan.begun() > appendedAt[COMMANDS - 1]));
        return counted(appendedAt, reader, PlacementFacts.plans(facts));
    }

    private CancelTimes counted(long[] appendedAt, CancelReader reader, List<MadePlan> plans) {
        if (jobs == 0) {
            return times(IntStream.range(0, COMMANDS).boxed().toList(), appendedAt, reader, 0);
        }
        List<Integer> victims = new ArrayList<>();
        List<Double> planSeconds = new ArrayList<>();
        for (MadePlan plan : plans) {
            List<Integer> during = IntStream.range(0, COMMANDS)
                    .filter(victim -> plan.wasBeingMadeAt(appendedAt[victim]))
                    .boxed()
                    .toList();
            if (plan.planningMs() >= LEAST_PLAN_MS && !during.isEmpty()) {
                victims.addAll(during);
                planSeconds.add(plan.planningMs() / 1e3);
            }
        }
        if (victims.size() < LEAST_COUNTED) {
            throw new BenchException(
                    "%s of %s commands came while a plan was made that took %s ms or more, %s are needed"
                            .formatted(victims.size(), COMMANDS, LEAST_PLAN_MS, LEAST_COUNTED));
        }
        return times(victims, appendedAt, reader, new Sample(planSeconds).median());
    }

    private static CancelTimes times(
            List<Integer> victims, long[] appendedAt, CancelReader reader, double planSeconds) {
        return new CancelTimes(
                times(victims, appendedAt, reader::killed),
                times(victims, appendedAt, reader::told),
                times(victims, appendedAt, reader::withdrawn),
                planSeconds);
    }

    private static Sample times(List<Integer> victims, long[] appendedAt, LongUnaryOperator seenAt) {
        return new Sample(victims.stream()
                .map(victim -> (double) (seenAt.applyAsLong(FIRST_VICTIM + victim) - appendedAt[victim]))
                .toList());
    }
}
