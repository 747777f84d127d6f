package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final String TOPIC = "t.hosts";

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final StopRequest stop = new StopRequest(System::nanoTime);

    /** Without that the host would go on without heartbeats, and be started anew for ever. */
    @Test
    void anErrorOfTheJvmStopsTheExecutionManager() {
        var options = new ExecutionOptions(
                (assignment, context) -> {},
                1,
                new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)),
                ReportListener.NONE,
                Duration.ZERO,
                Duration.ZERO,
                System::nanoTime,
                InstantSource.system());
        var heartbeats = new Heartbeats(
                kafka,
                TOPIC,
                (topic, host) -> {
                    throw new NoClassDefFoundError("org/example/Codec");
                },
                "gpu",
                new HostProfile("h1", Map.of("cpu", 8L), Map.of()),
                stop,
                options);
        heartbeats.begin(5, 0);
        await().until(() -> stop.failure().isPresent());
        assertThat(stop.failure()).get().satisfies(failure -> assertThat(failure)
                .isInstanceOf(HeartbeatsNotWrittenException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("NoClassDefFoundError: org/example/Codec"));
        heartbeats.close(false, Duration.ZERO);
    }
}
