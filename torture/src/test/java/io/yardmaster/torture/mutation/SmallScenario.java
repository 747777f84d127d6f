package io.yardmaster.torture.mutation;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.client.TaskFailedException;
import io.yardmaster.client.TaskRefusedException;
import io.yardmaster.torture.checker.Checker;
import io.yardmaster.torture.load.Answers;
import io.yardmaster.torture.load.GraphScript;
import io.yardmaster.torture.load.Payloads;
import io.yardmaster.torture.load.PolicyOperator;
import io.yardmaster.torture.load.Progress;
import io.yardmaster.torture.load.Reporter;
import io.yardmaster.torture.load.Reports;
import io.yardmaster.torture.load.Script;
import io.yardmaster.torture.load.Sender;
import io.yardmaster.torture.load.SentGraphs;
import io.yardmaster.torture.load.Takings;
import io.yardmaster.torture.process.Replaceable;
import io.yardmaster.torture.process.TortureDeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/** One scheduler, killed a few times in the middle of its work, with an input of all situations that it must handle; at last with limits, a pool and a rate. */
final class SmallScenario {
    static final int CAPACITY = 8;

    private static final int KILLS = 3;
    private static final int PARALLEL = 4;
    private static final int WORK_MILLIS = 10;
    private static final int SLOW_MILLIS = 60;
    private static final int SEED = 1;
    private static final int STEPS_PER_REPORT = 3;

    private final Admin admin;
    private final TortureDeployment deployment;
    private final Replaceable scheduler;
    private final Optional<Path> fleetPatches;
    private final long patienceNanos;

    /**
     * @param fleetPatches other classes of the execution manager, which then has a process of its own
     * @param patience after which a scheduler without progress is taken for broken, and the scenario goes on without it
     */
    SmallScenario(
            Admin admin, TortureDeployment deployment, Path patches, Optional<Path> fleetPatches, Duration patience) {
        this.admin = admin;
        this.deployment = deployment;
        this.fleetPatches = fleetPatches;
        this.patienceNanos = patience.toNanos();
        this.scheduler = deployment.scheduler(0, patches, Map.of());
    }

    /** @param jumps of the wall clock, in milliseconds ahead of the true time, while the scheduler runs */
    @SuppressWarnings("try") // the fleet does its work by itself
    Checker.Result run(List<Long> jumps) {
        Map<String, String> settings = deployment.settings();
        SentGraphs sentGraphs = new SentGraphs();
        try (Sender sender = new Sender(settings);
                Progress progress = new Progress(settings, sentGraphs);
                Answers answers = new Answers(settings, sender, progress, sentGraphs);
                Reports reports = new Reports(settings, progress, sentGraphs);
                PolicyOperator operator = new PolicyOperator(settings);
                Fleet fleet = fleet(settings);
                ExecutionManager ofPool = manager(inPool(settings))) {
            Takings takings = new Takings(admin, settings, progress, reports);
            Reporter reporter = new Reporter(sender, progress, reports, new Random(SEED), STEPS_PER_REPORT);
            Script script = new Script(sender, progress);
            GraphScript graphs = new GraphScript(sender, sentGraphs);
            script.firstSession();
            graphs.firstSession();
            scheduler.start();
            long seen = 0;
            for (int kill = 1; kill <= KILLS; kill++) {
                awaitSeen(progress, seen + 40, reporter::step);
                scheduler.kill9();
                seen = progress.seen();
                scheduler.start();
            }
            awaitSeen(progress, seen + 20, reporter::step);
            reporter.flush();
            script.moreOfTheFirstSession();
            script.commands();
            awaitAnswers(answers);
            script.moreOfThePrioritizedJob();
            script.moreOfPausedAndCancelledJobs();
            jumps.forEach(jump -> jump(jump, progress));
            script.resume();
            awaitAnswers(answers);
            awaitAll(progress, () -> {});
            awaitOver(takings);
            graphs.acrossSessions();
            awaitBegun(sentGraphs, () -> {});
            graphs.pause();
            awaitAnswers(answers);
            scheduler.kill9();
            operator.begin(true);
            operator.areInForce();
            scheduler.start();
            script.secondSession();
            graphs.secondSession();
            graphs.poolAndRate();
            // The group with a rate has had its burst before the kill, as its job goes first.
            awaitBegun(sentGraphs, graphs::report);
            awaitSeen(progress, progress.seen() + 40, graphs::report);
            scheduler.kill9();
            scheduler.start();
            graphs.probe();
            awaitAll(progress, graphs::report);
            awaitAnswers(answers);
            operator.open();
            awaitGraphs(sentGraphs, progress, graphs::report);
            awaitOver(takings);
            // Assignments still on their way, such as duplicates, must be seen, too.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            // On a busy machine a scheduler may be killed twice before it dispatches anything, both times after the
            // whole patience.
            Duration longestStall = Duration.ofNanos(3 * patienceNanos);
            Checker.Terms terms =
                    new Checker.Terms(CAPACITY, false, longestStall, Set.of(1L, 2L), sender.acknowledged());
            scheduler.terminate();
            takings.await(Duration.ofNanos(patienceNanos));
            return Checker.check(settings, terms);
        }
    }

    private interface Fleet extends AutoCloseable {
        @Override
        void close();
    }

    private Fleet fleet(Map<String, String> settings) {
        if (fleetPatches.isPresent()) {
            Replaceable process = deployment.fickleWorker(0, WORK_MILLIS, PARALLEL, fleetPatches.get());
            process.start();
            return process::close;
        }
        ExecutionManager manager = manager(settings);
        return manager::close;
    }

    private static ExecutionManager manager(Map<String, String> settings) {
        return ExecutionManager.builder()
                .settings(settings)
                .parallelism(PARALLEL)
                .handler(SmallScenario::handle)
                .start();
    }

    private static Map<String, String> inPool(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("dispatch.pool", PolicyOperator.POOL);
        return own;
    }

    /** Every 9th assignment is refused, and every 7th fails, unless the graph of its job says something else. */
    private static void handle(Assignment assignment, HandlerContext context) throws Exception {
        Duration work = Duration.ofMillis(Payloads.isSlow(assignment) ? SLOW_MILLIS : WORK_MILLIS);
        if (context.awaitCancelled(work) || Payloads.decides(assignment)) {
            return;
        }
        if (assignment.id() % 9 == 0) {
            throw new TaskRefusedException("no room for no. " + assignment.id());
        } else if (assignment.id() % 7 == 0) {
            throw new TaskFailedException("failed");
        }
    }

    private void jump(long millis, Progress progress) {
        try {
            Files.writeString(deployment.clock(0), Long.toString(millis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitSeen(progress, progress.seen() + 10, () -> {});
    }

    private void awaitSeen(Progress progress, long count, Runnable meanwhile) {
        long start = System.nanoTime();
        while (progress.seen() < count && progress.waiting() > 0 && System.nanoTime() - start < patienceNanos) {
            meanwhile.run();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private void awaitOver(Takings takings) {
        long start = System.nanoTime();
        while (!takings.areOver() && System.nanoTime() - start < patienceNanos) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void awaitAnswers(Answers answers) {
        long start = System.nanoTime();
        while (answers.areMissing() && System.nanoTime() - start < patienceNanos) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private void awaitBegun(SentGraphs graphs, Runnable meanwhile) {
        long start = System.nanoTime();
        while (!graphs.haveBegun() && System.nanoTime() - start < patienceNanos) {
            meanwhile.run();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Gives up after a while in which nothing is assigned. */
    private void awaitGraphs(SentGraphs graphs, Progress progress, Runnable meanwhile) {
        long seen = progress.seen();
        long start = System.nanoTime();
        while (!graphs.haveEnded() && System.nanoTime() - start < patienceNanos) {
            meanwhile.run();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            if (progress.seen() > seen) {
                seen = progress.seen();
                start = System.nanoTime();
            }
        }
    }

    private void awaitAll(Progress progress, Runnable meanwhile) {
        long before = -1;
        while (progress.waiting() > 0 && progress.seen() > before) {
            before = progress.seen();
            awaitSeen(progress, Long.MAX_VALUE, meanwhile);
        }
    }
}
