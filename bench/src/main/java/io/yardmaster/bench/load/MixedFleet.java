package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.HandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Execution managers of one consumer group, whose tasks are short but for one in a hundred, which takes a hundred times as long. */
public final class MixedFleet implements AutoCloseable {
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = SHORT.multipliedBy(100);
    private static final int LONG_ONE_IN = 100;

    private final List<ExecutionManager> members = new ArrayList<>();
    private final int slots;
    private long begun;
    private int running;
    private long busyNanos;
    private long lastChange = System.nanoTime();

    /** The time that all slots together had been in use at a moment of {@link System#nanoTime}. */
    public record Use(long at, long busyNanos) {}

    /**
     * Starts them.
     *
     * @param settings of a scheduler
     * @param slots tasks that each runs at once
     */
    public MixedFleet(Map<String, String> settings, int size, int slots) {
        this.slots = size * slots;
        Map<String, String> own = FleetSettings.of(settings);
        for (int member = 0; member < size; member++) {
            members.add(ExecutionManager.builder()
                    .settings(own)
                    .parallelism(slots)
                    .handler(this::run)
                    .start());
        }
    }

    /** Tasks that all of them together run at once. */
    public int slots() {
        return slots;
    }

    private void run(Assignment assignment, HandlerContext context) throws InterruptedException {
        change(1);
        try {
            boolean isLong = Math.floorMod(assignment.taskIndex() - assignment.jobId(), LONG_ONE_IN) == 0;
            context.awaitCancelled(isLong ? LONG : SHORT);
        } finally {
            change(-1);
        }
    }

    private synchronized void change(int more) {
        long now = System.nanoTime();
        busyNanos += running * (now - lastChange);
        lastChange = now;
        running += more;
        begun += Math.max(0, more);
        notifyAll();
    }

    /**
     * The use so far, once this many tasks have begun.
     *
     * @throws BenchException if none begins for as long as {@code patience}
     */
    public synchronized Use awaitBegun(long tasks, Duration patience) {
        while (begun < tasks) {
            long before = begun;
            long until = System.nanoTime() + patience.toNanos();
            while (begun == before) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new BenchException(
                            "%s of %s tasks began, then none for %s s".formatted(begun, tasks, patience.toSeconds()));
                }
                try {
                    wait(Math.max(1, left / 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new BenchException("interrupted while tasks ran", e);
                }
            }
        }
        change(0);
        return new Use(lastChange, busyNanos);
    }

    @Override
    public void close() {
        members.parallelStream().forEach(member -> member.close(Duration.ZERO));
    }
}
