package io.yardmaster.bench.load;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.HandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Execution managers of one consumer group, whose tasks all take the same time. */
public final class EvenFleet implements AutoCloseable {
    private final List<ExecutionManager> members = new ArrayList<>();
    private final Duration time;
    private int running;
    private int most;
    private long ended;

    /**
     * Starts them.
     *
     * @param settings of a scheduler
     * @param slots tasks that each runs at once
     */
    public EvenFleet(Map<String, String> settings, int size, int slots, Duration time) {
        this.time = time;
        Map<String, String> own = FleetSettings.of(settings);
        for (int member = 0; member < size; member++) {
            members.add(ExecutionManager.builder()
                    .settings(own)
                    .parallelism(slots)
                    .handler(this::run)
                    .start());
        }
    }

    private void run(Assignment assignment, HandlerContext context) throws InterruptedException {
        begin();
        try {
            context.awaitCancelled(time);
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        running++;
        most = Math.max(most, running);
    }

    private synchronized void end() {
        running--;
        ended++;
    }

    /** The most tasks that ran at once so far. */
    public synchronized int most() {
        return most;
    }

    /** The number of tasks that have ended. */
    public synchronized long ended() {
        return ended;
    }

    @Override
    public void close() {
        members.parallelStream().forEach(member -> member.close(Duration.ZERO));
    }
}
