package io.yardmaster.torture.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.testkafka.MountedDisk;
import io.yardmaster.torture.checker.Checker;
import io.yardmaster.torture.load.Answers;
import io.yardmaster.torture.load.PolicyOperator;
import io.yardmaster.torture.load.Progress;
import io.yardmaster.torture.load.Reports;
import io.yardmaster.torture.load.Sender;
import io.yardmaster.torture.load.SentGraphs;
import io.yardmaster.torture.load.StorageClient;
import io.yardmaster.torture.load.Takings;
import io.yardmaster.torture.process.Replaceable;
import io.yardmaster.torture.process.VerifiedRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on a real cluster under faults; afterwards the checker reads the topics. */
class TortureIT {
    private static final int TASKS_PER_SECOND = 250;
    /**
     * A shard may be met by several faults one after the other, each of which costs it up to half a minute where it shares the
     * processors with other suites.
     */
    private static final Duration LONGEST_STALL = Duration.ofMinutes(3);

    private static final long SLOWEST_FAULT_SECONDS = 60;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final Duration length = Duration.ofSeconds(Long.getLong("torture.seconds", 75));
    private final long seed = seed();
    /** With an even seed there is a policy from the beginning, so that more faults meet it; else it comes in the midst of it. */
    private final Duration policyAfter =
            seed % 2 == 0 ? Duration.ZERO : length.multipliedBy(3).dividedBy(5);

    /** By every second pair of seeds groups take turns by weight, by the others all jobs do. */
    private final boolean byWeight = seed / 2 % 2 == 0;

    private final SchedulerPages pages = new SchedulerPages();
    private boolean policyIsSet;

    @Test
    void S17_nothingIsLostOrDispatchedTwiceWhateverDies() throws IOException {
        say("seed %d, %d s, in %s".formatted(seed, length.toSeconds(), directory));
        Report report = new Report(seed);
        try (TortureRig rig = new TortureRig(directory, byWeight)) {
            Map<String, String> settings = rig.deployment().settings();
            StorageClient storage;
            Checker.Result result;
            SentGraphs graphs = new SentGraphs();
            try (Sender sender = new Sender(settings);
                    Progress progress = new Progress(settings, graphs);
                    Answers answers = new Answers(settings, sender, progress, graphs);
                    Reports reports = new Reports(settings, progress, graphs);
                    PolicyOperator operator = new PolicyOperator(settings)) {
                Takings takings = new Takings(rig.cluster().admin(), settings, progress, reports);
                storage = new StorageClient(
                        sender, progress, answers, reports, takings, graphs, operator, seed, TASKS_PER_SECOND);
                storage.start();
                boolean alive = goesOn(progress) && harm(rig, operator, progress, report);
                storage.close();
                Optional<String> leftovers = leftovers(rig);
                rig.schedulers().forEach(Replaceable::terminate);
                takings.await(LONGEST_STALL);
                rig.workers().forEach(Replaceable::terminate);
                Checker.Terms terms = new Checker.Terms(
                        TortureRig.CAPACITY, byWeight, LONGEST_STALL, storage.drained(), sender.acknowledged());
                result = Checker.check(settings, terms);
                assertThat(alive)
                        .as("seed %d: all went on after each fault; %s", seed, result.verdict())
                        .isTrue();
                assertThat(leftovers)
                        .as("seed %d: what is left when all has ended; %s", seed, result.verdict())
                        .isEmpty();
            }
            List<String> differences = VerifiedRecording.differences(settings, directory.resolve("recording.jsonl.gz"));
            say("\n" + report.table(result, length, (int) storage.sessions()));
            assertThat(result.verdict().isClean())
                    .as("seed %d: %s", seed, result.verdict())
                    .isTrue();
            assertThat(differences).as("seed %d: R2, replayed", seed).isEmpty();
        }
    }

    /** Returns the leftovers that a scheduler shows once it has had time; empty if there are none. */
    private static Optional<String> leftovers(TortureRig rig) {
        Leftovers leftovers = new Leftovers();
        AtomicReference<Optional<String>> latest = new AtomicReference<>(Optional.of("no answer"));
        try {
            Awaitility.await()
                    .atMost(LONGEST_STALL)
                    .pollDelay(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> {
                        latest.set(leftovers.of(rig.schedulers().get(0)));
                        return latest.get().isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            say("something is left: " + latest.get());
        }
        return latest.get();
    }

    /** Returns true if there was progress after each fault. */
    private boolean harm(TortureRig rig, PolicyOperator operator, Progress progress, Report report) throws IOException {
        Random random = new Random(seed);
        Nemesis nemesis = new Nemesis(rig, random);
        Deck<Fault> deck = new Deck<>(List.of(Fault.values()), random);
        boolean mayMount = MountedDisk.isPossible(directory);
        if (!mayMount) {
            say("no full disk: making one needs the permission to mount");
        }
        long end = System.nanoTime() + length.toNanos();
        long ruled = end - length.minus(policyAfter).toNanos();
        while (System.nanoTime() < end) {
            if (!policyIsSet && System.nanoTime() >= ruled) {
                setPolicy(rig, operator);
            }
            if (operator.isPoolNews() && rig.schedulers().stream().allMatch(this::knowsPolicy)) {
                operator.poolIsKnown();
            }
            Fault fault = deck.next();
            boolean tooLong = end - System.nanoTime() < TimeUnit.SECONDS.toNanos(SLOWEST_FAULT_SECONDS);
            if ((fault == Fault.FULL_DISK && !mayMount) || (fault == Fault.ROLLING_RESTART && tooLong)) {
                continue;
            }
            long begun = System.nanoTime();
            long seen = progress.seen();
            Done done = nemesis.inject(fault);
            long fresh = progress.seen();
            if (!goesOn(progress)) {
                say(fault.label() + ": " + done.what() + "; nothing is assigned any more");
                return false;
            }
            if (!rig.dead().isEmpty()) {
                say("%s: %s; %s ended by itself".formatted(fault.label(), done.what(), rig.dead()));
                return false;
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            report.add(fault, done, took);
            say("%s: %s; %d assignments meanwhile, more after %d ms"
                    .formatted(fault.label(), done.what(), fresh - seen, took.toMillis()));
            Nemesis.sleep(500 + random.nextInt(3_000));
        }
        if (!policyIsSet) {
            setPolicy(rig, operator);
        }
        return true;
    }

    /** Sets limits, a pool and a rate, and waits until each scheduler says that they are in force. Must not be called during a fault. */
    private void setPolicy(TortureRig rig, PolicyOperator operator) {
        operator.begin(false);
        policyIsSet = true;
        for (Replaceable scheduler : rig.schedulers()) {
            Awaitility.await().atMost(LONGEST_STALL).ignoreExceptions().until(() -> knowsPolicy(scheduler));
        }
        operator.areInForce();
        say("limits, a pool and a rate are in force");
    }

    /** Returns whether a scheduler says that all of the policy is in force; false if it does not answer. */
    private boolean knowsPolicy(Replaceable scheduler) {
        try {
            String policy = pages.get(scheduler, "/api/policy").orElse("");
            return PolicyOperator.keys().stream().allMatch(policy::contains);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean goesOn(Progress progress) {
        long seen = progress.seen();
        long start = System.nanoTime();
        while (progress.seen() == seen && System.nanoTime() - start < LONGEST_STALL.toNanos()) {
            Nemesis.sleep(20);
        }
        return progress.seen() > seen;
    }

    private static long seed() {
        String given = System.getProperty("torture.seed", "");
        return given.isEmpty() ? new Random().nextInt(1_000_000) : Long.parseLong(given);
    }

    private static void say(String line) {
        System.out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }
}
