package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.CommandSender;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.HeldHandlers;
import io.yardmaster.bench.load.Workload;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.schemas.TaskReady;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Cancels jobs, one after the other, while the scheduler has all events of a workload before it and dispatches as fast as it can.
 * The jobs to cancel take their turns among the workload's.
 */
final class CommandRound {
    private static final int COMMANDS = 100;
    private static final long FIRST_VICTIM = 1_000_001;
    private static final int TASKS_OF_A_VICTIM = 10_000;
    private static final long SESSION = 1;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final BenchCluster cluster;

    CommandRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    CommandLatency run(Side side) {
        ChildJvm jvm = cluster.jvm(side);
        try (BenchTopics topics = cluster.newTopics(side.contestant(), side.partitions());
                WorkloadSender sender = WorkloadSender.gated(cluster.bootstrapServers(), topics.ready())) {
            Map<String, String> settings = cluster.settings(topics, side.settings());
            for (int victim = 0; victim < COMMANDS; victim++) {
                sender.send(victim(victim));
            }
            sender.sendAll(side.workload());
            jvm.call(StreamsContestant.START, settings);
            try (Drain drain = new Drain(cluster.bootstrapServers(), topics.dispatch(), topics.group());
                    HeldHandlers handlers =
                            new HeldHandlers(settings, topics.createOther("held"), FIRST_VICTIM, COMMANDS, SESSION);
                    CommandSender commands = new CommandSender(cluster.bootstrapServers(), topics.commands())) {
                return measure(side.workload(), sender, drain, handlers, commands);
            } finally {
                jvm.call(StreamsContestant.STOP, Map.of());
                StateDirectory.delete(cluster.stateDirectory(topics));
            }
        }
    }

    private static TaskReady victim(int number) {
        List<Integer> tasks = IntStream.range(0, TASKS_OF_A_VICTIM).boxed().toList();
        return new TaskReady(0L, FIRST_VICTIM + number, SESSION, tasks, 0);
    }

    private static CommandLatency measure(
            Workload workload, WorkloadSender sender, Drain drain, HeldHandlers handlers, CommandSender commands) {
        Dispatches dispatches = new Dispatches(workload.tasks());
        long[] sentAt = new long[COMMANDS];
        long[] sentAtNanos = new long[COMMANDS];
        sender.open();
        Background sending = Background.start("commands", () -> {
            while (!dispatches.haveBegun()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (int victim = 0; victim < COMMANDS; victim++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                sentAt[victim] = System.currentTimeMillis();
                sentAtNanos[victim] = System.nanoTime();
                commands.cancel(FIRST_VICTIM + victim);
            }
        });
        drain.takeUntil(
                dispatches::areComplete,
                workload.tasks() + (long) COMMANDS * TASKS_OF_A_VICTIM,
                ThroughputRound.PATIENCE,
                dispatches::add);
        sending.join();
        Map<Long, Long> cancelledAt = handlers.cancelledAt();
        List<Double> toLastDispatch = new ArrayList<>();
        List<Double> toCancellation = new ArrayList<>();
        for (int victim = 0; victim < COMMANDS; victim++) {
            toLastDispatch.add((double) Math.max(0, dispatches.latest.get(victim) - sentAt[victim]));
            toCancellation.add((cancelledAt.get(FIRST_VICTIM + victim) - sentAtNanos[victim]) / 1e6);
        }
        return CommandLatency.of(toLastDispatch, toCancellation);
    }

    /** The times of the last assignments of the jobs to cancel, by the clock of the scheduler, which is this machine's. */
    private static final class Dispatches {
        private final AtomicLongArray latest = new AtomicLongArray(COMMANDS);
        private long missing;
        private volatile boolean begun;

        private Dispatches(long expected) {
            missing = expected;
        }

        private void add(ConsumerRecord<byte[], byte[]> record) {
            long job = ByteBuffer.wrap(record.key()).getLong();
            if (job < FIRST_VICTIM) {
                missing--;
            } else {
                latest.set((int) (job - FIRST_VICTIM), record.timestamp());
                begun |= job == FIRST_VICTIM + COMMANDS - 1;
            }
        }

        private boolean haveBegun() {
            return begun;
        }

        private boolean areComplete() {
            return missing == 0;
        }
    }
}
