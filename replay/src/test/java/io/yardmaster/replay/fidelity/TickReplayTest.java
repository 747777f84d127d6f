package io.yardmaster.replay.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.replay.recording.RecordedEntries;
import io.yardmaster.replay.recording.RecordingReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TickReplayTest {
    private static final long BEGIN = 1_800_000_000_000L;
    private static final int SEEDS = 6;

    @TempDir
    Path directory;

    private static Policy policy(Fairness fairness) {
        return new Policy(4, 1, 1, Duration.ofMinutes(1), Duration.ofMinutes(5), fairness);
    }

    private static ShardOrder compare(Path file, Policy policy, boolean isChanged) {
        try (RecordingReader reader = RecordingReader.open(file)) {
            return OrderComparison.of(new RecordedEntries(reader), 1, policy, isChanged, 0)
                    .get(0);
        }
    }

    /** Some minutes with limits, pools and rates, so that gates and memories expire, by two clocks, and with one that jumps, in both directions. */
    private static void play(PlayedTicks shard, long seed) {
        Random random = new Random(seed);
        Deque<MadeAssignment> running = new ArrayDeque<>();
        int[] next = new int[12];
        long at = BEGIN;
        for (int tick = 0; tick < 900; tick++) {
            at += random.nextInt(50) == 0
                    ? random.nextInt(40_000) - 3_000
                    : 5 + random.nextInt(20) * random.nextInt(20);
            if (random.nextInt(3) == 0) {
                int job = random.nextInt(next.length);
                int tasks = 1 + random.nextInt(9);
                shard.ready(at + 700, job % 3, job, next[job], tasks);
                next[job] += tasks;
            }
            if (random.nextInt(90) == 0) {
                int job = random.nextInt(next.length);
                shard.commit(at, job % 3, job);
            }
            if (random.nextInt(25) == 0) {
                // Some come before all events of their jobs, and some are about none.
                Command[] commands = Command.values();
                shard.command(at, random.nextInt(next.length + 3), commands[random.nextInt(commands.length)]);
            }
            if (tick > 200 && random.nextInt(60) == 0) {
                shard.change();
            }
            if (random.nextInt(12) == 0) {
                shard.graph(at, random.nextInt(3), 100 + tick);
            }
            if (random.nextInt(9) == 0) {
                shard.taken();
            }
            if (random.nextInt(9) == 0) {
                shard.unreported();
            }
            while (!running.isEmpty() && shard.isDurable(running.element()) && random.nextBoolean()) {
                TaskEnd[] ends = TaskEnd.values();
                shard.ended(at, running.remove(), ends[random.nextInt(ends.length)]);
            }
            shard.read();
            running.addAll(shard.tick(at));
            if (random.nextInt(10) == 0) {
                shard.commit();
            }
            if (random.nextInt(100) == 0) {
                shard.reopen();
            }
            if (random.nextInt(100) == 0) {
                running.removeIf(given -> !shard.isDurable(given));
                shard.crash();
            }
        }
        shard.commit();
    }

    @ParameterizedTest
    @EnumSource
    void R2_aDayWhoseTicksWereRecordedIsReplayedBitByBit(Fairness fairness) throws IOException {
        long begin = new Random().nextInt(1_000_000);
        System.out.println("seeds from " + begin);
        for (long seed = begin; seed < begin + SEEDS; seed++) {
            PlayedTicks shard = new PlayedTicks(seed, policy(fairness));
            play(shard, seed);
            Path file = shard.write(directory.resolve(seed + ".gz"));
            ShardOrder order = compare(file, policy(Fairness.JOB), false);
            assertThat(order.assignments()).isGreaterThan(100);
            assertThat(order.lines())
                    .as("seed %s", seed)
                    .containsExactly("shard 0: tick by tick, of %1$s assignments %1$s are the core's, 0 differ"
                            .formatted(order.assignments()));
            assertThat(order.isExplained()).isTrue();
        }
    }

    /** A file that an earlier version made, with weights that change in the middle. */
    @Test
    void R2_aRecordingOfTheFirstFormatIsReplayedBitByBit() throws IOException {
        Path file = directory.resolve("old.jsonl.gz");
        try (InputStream old = TickReplayTest.class.getResourceAsStream("/recordings/format-1.jsonl.gz")) {
            Files.copy(old, file);
        }
        ShardOrder order = compare(file, policy(Fairness.JOB), false);
        assertThat(order.assignments()).isGreaterThan(100);
        assertThat(order.lines())
                .containsExactly("shard 0: tick by tick, of %1$s assignments %1$s are the core's, 0 differ"
                        .formatted(order.assignments()));
    }

    @Test
    void R2_anotherPolicyIsSeenWithTheFirstAssignmentThatDiffers() throws IOException {
        PlayedTicks shard = new PlayedTicks(1, policy(Fairness.JOB));
        play(shard, 1);
        ShardOrder order = compare(shard.write(directory.resolve("day.gz")), policy(Fairness.RESOURCE_GROUP), true);
        assertThat(order.isExplained()).isFalse();
        assertThat(order.lines().get(1)).startsWith("shard 0: the first difference is assignment ");
        assertThat(order.lines().get(2))
                .isEqualTo(
                        "shard 0: the events and ticks are the same: another version or policy decided, or the scheduler has an error");
    }

    @Test
    void R2_aRecordThatIsNotInTheRecordingStopsTheReplayWithItsPlace() throws IOException {
        PlayedTicks shard = new PlayedTicks(1, policy(Fairness.JOB));
        play(shard, 1);
        shard.loseFirst();
        ShardOrder order = compare(shard.write(directory.resolve("day.gz")), policy(Fairness.JOB), false);
        assertThat(order.isExplained()).isFalse();
        assertThat(order.differences()).isZero();
        assertThat(order.lines().get(0)).contains(" could not be replayed");
        assertThat(order.lines().get(1))
                .contains("the replay stops: the tick behind ", " which are not all in the recording");
    }

    @Test
    void R2_aGraphWithTasksForHostsStopsTheReplayAndNothingIsAccused() throws IOException {
        PlayedTicks shard = new PlayedTicks(1, policy(Fairness.JOB));
        shard.placed(BEGIN - 1, "gpu");
        play(shard, 1);
        ShardOrder order = compare(shard.write(directory.resolve("day.gz")), policy(Fairness.JOB), false);
        assertThat(order.isExplained()).isFalse();
        assertThat(order.differences()).isZero();
        assertThat(order.lines()).hasSize(2);
        assertThat(order.lines().get(1))
                .matches("shard 0: the replay stops: job \\d+ of 20\\S+Z has tasks for hosts:"
                        + " offers of these to placement are not in a recording, so nothing behind it can be compared");
    }

    @Test
    void R2_ticksThatAreMissingStopTheReplay() throws IOException {
        PlayedTicks shard = new PlayedTicks(1, policy(Fairness.JOB));
        shard.dropped = firstCarrierBehind(50);
        play(shard, 1);
        ShardOrder order = compare(shard.write(directory.resolve("day.gz")), policy(Fairness.JOB), false);
        assertThat(order.isExplained()).isFalse();
        assertThat(order.lines().get(1)).contains("the recording lacks ticks between the assignments ");
    }

    /** Assignments of one moment lie in several partitions, and a recording that ends then has some of them. */
    @Test
    void R2_assignmentsBehindTheLastTicksOfARecordingAreNotAccused() throws IOException {
        PlayedTicks shard = null;
        long lost = -1;
        for (long seed = 1; lost < 0; seed++) {
            shard = new PlayedTicks(seed, policy(Fairness.JOB));
            play(shard, seed);
            lost = shard.lastCarrierBeforeOthers();
        }
        shard.loseCarrier(lost);
        ShardOrder order = compare(shard.write(directory.resolve("day.gz")), policy(Fairness.JOB), false);
        assertThat(order.isExplained()).isTrue();
        assertThat(order.missing()).isEqualTo(1);
        assertThat(order.byTicks().orElseThrow().notReplayed()).isPositive();
        assertThat(order.lines().get(0))
                .contains(
                        " 0 differ, ",
                        " could not be replayed, as the recording lacks assignments before them, 1 missing");
    }

    private long firstCarrierBehind(long number) throws IOException {
        PlayedTicks shard = new PlayedTicks(1, policy(Fairness.JOB));
        play(shard, 1);
        try (RecordingReader reader = RecordingReader.open(shard.write(directory.resolve("whole.gz")))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().number() > number && next.get().ticks().isPresent()) {
                    return next.get().number();
                }
            }
        }
        throw new AssertionError("no assignment carries ticks");
    }
}
