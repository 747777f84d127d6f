package io.yardmaster.torture.mutation;

import io.yardmaster.client.ExecutionManager;
import io.yardmaster.torture.checker.Checker;
import io.yardmaster.torture.load.Answers;
import io.yardmaster.torture.load.Progress;
import io.yardmaster.torture.load.Script;
import io.yardmaster.torture.load.Sender;
import io.yardmaster.torture.load.Takings;
import io.yardmaster.torture.process.Replaceable;
import io.yardmaster.torture.process.TortureDeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/** One scheduler, killed a few times in the middle of its work, with an input of all situations that it must handle. */
final class SmallScenario {
    static final int CAPACITY = 8;

    private static final Duration LONGEST_STALL = Duration.ofSeconds(25);
    /** A scheduler without progress for this long is broken as intended; waiting longer is of no use. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(12);

    private static final int KILLS = 3;

    private final Admin admin;
    private final TortureDeployment deployment;
    private final Replaceable scheduler;

    SmallScenario(Admin admin, TortureDeployment deployment, Path patches) {
        this.admin = admin;
        this.deployment = deployment;
        this.scheduler = deployment.scheduler(0, patches, Map.of());
    }

    /** @param jumps of the wall clock, in milliseconds ahead of the true time, while the scheduler runs */
    @SuppressWarnings("try") // the fleet does its work by itself
    Checker.Result run(List<Long> jumps) {
        Map<String, String> settings = deployment.settings();
        try (Sender sender = new Sender(settings);
                Progress progress = new Progress(settings);
                Answers answers = new Answers(settings, sender, progress);
                ExecutionManager fleet = ExecutionManager.builder()
                        .settings(settings)
                        .parallelism(4)
                        .handler((assignment, context) -> context.awaitCancelled(Duration.ofMillis(10)))
                        .start()) {
            Script script = new Script(sender, progress);
            script.firstSession();
            scheduler.start();
            long seen = 0;
            for (int kill = 1; kill <= KILLS; kill++) {
                awaitSeen(progress, seen + 40);
                scheduler.kill9();
                seen = progress.seen();
                scheduler.start();
            }
            awaitSeen(progress, seen + 20);
            script.moreOfTheFirstSession();
            script.commands();
            awaitAnswers(answers);
            script.moreOfPausedAndCancelledJobs();
            jumps.forEach(jump -> jump(jump, progress));
            script.resume();
            awaitAnswers(answers);
            awaitAll(progress);
            script.secondSession();
            awaitAll(progress);
            awaitAnswers(answers);
            // Assignments still on their way, such as duplicates, must be seen, too.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            Checker.Terms terms = new Checker.Terms(CAPACITY, LONGEST_STALL, Set.of(1L, 2L), sender.acknowledged());
            scheduler.terminate();
            new Takings(admin, settings.get("dispatch.group"), progress).await(Duration.ofNanos(PATIENCE_NANOS));
            return Checker.check(settings, terms);
        }
    }

    private void jump(long millis, Progress progress) {
        try {
            Files.writeString(deployment.clock(0), Long.toString(millis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitSeen(progress, progress.seen() + 10);
    }

    private static void awaitSeen(Progress progress, long count) {
        long start = System.nanoTime();
        while (progress.seen() < count && progress.waiting() > 0 && System.nanoTime() - start < PATIENCE_NANOS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static void awaitAnswers(Answers answers) {
        long start = System.nanoTime();
        while (answers.areMissing() && System.nanoTime() - start < PATIENCE_NANOS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static void awaitAll(Progress progress) {
        long before = -1;
        while (progress.waiting() > 0 && progress.seen() > before) {
            before = progress.seen();
            awaitSeen(progress, Long.MAX_VALUE);
        }
    }
}
