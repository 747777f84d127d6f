package io.yardmaster.bench.contestants;

import io.yardmaster.topology.ShippedSettings;
import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** A topology that runs with the scheduler's own settings of Kafka Streams. */
final class PlainStreams implements RunningStreams {
    private static final long START_SECONDS = 60;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final CountDownLatch running = new CountDownLatch(1);

    /** Returns when all stream tasks run. */
    PlainStreams(Topology topology, SchedulerConfig config) throws InterruptedException {
        streams = new KafkaStreams(topology, ShippedSettings.committingByInterval(config));
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
        streams.start();
        if (!running.await(START_SECONDS, TimeUnit.SECONDS)) {
            close();
            throw new IllegalStateException("not running after " + START_SECONDS + " s");
        }
    }

    @Override
    public long outcomesCounted() {
        return 0;
    }

    @Override
    public Map<String, String> placement() {
        return Map.of();
    }

    @Override
    public long used(String limit) {
        return 0;
    }

    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_TIMEOUT));
    }
}
