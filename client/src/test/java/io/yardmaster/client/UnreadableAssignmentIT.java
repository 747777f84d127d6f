package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Execution managers whose schema registry is not the scheduler's. */
@ExtendWith(Broker.class)
class UnreadableAssignmentIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** Time passes faster for those execution managers, which try again for long. */
    private static final int SPEED = 5;

    private final Recorder recorder = new Recorder();

    private void stopsAtTheFirst(ExecutionManagerBuilder described, Runnable meanwhile) {
        try (var lost = described
                .listener(recorder)
                .ticker(() -> System.nanoTime() * SPEED)
                .handler((assignment, context) -> {})
                .start()) {
            meanwhile.run();
            assertThat(lost.stopped())
                    .failsWithin(LIMIT)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(UnreadableAssignmentException.class);
        }
        assertThat(recorder.unreadable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"classic, true", "classic, false", "share, true"})
    void O3_aMemberOfAGroupStopsAndAnotherOneGetsTheAssignments(
            String protocol, boolean writesOutcomes, ClientFixture fixture) {
        fixture.withProtocol(protocol).withTopics(1);
        List<Long> sent = fixture.dispatch(1, 2);
        String registry = fixture.registry();
        fixture.with("schema.registry.url", registry + "-other");
        stopsAtTheFirst(writesOutcomes ? fixture.em() : fixture.em().withoutOutcomes(), () -> {});
        if (!protocol.equals("share")) {
            assertThat(fixture.committed().get(0).offset()).isZero();
        }
        fixture.with("schema.registry.url", registry);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> recorder.completed().containsAll(sent));
        }
    }

    /** Else its booking would stay, and nobody would run the task. */
    @Test
    void P4_aHostStopsAndSaysThatItIsGone(ClientFixture fixture) {
        fixture.with("dispatch.pool", "p").withTopics(1);
        String registry = fixture.registry();
        fixture.with("schema.registry.url", registry + "-other");
        var profile = new HostProfile("h1", Map.of("cpu", 1L), Map.of());
        stopsAtTheFirst(fixture.newcomer().host(profile, 5), () -> {
            await().until(() -> !fixture.heartbeats().isEmpty());
            fixture.place("h1", 5, 0);
        });
        var heartbeats = fixture.heartbeats();
        assertThat(heartbeats.get(heartbeats.size() - 1).getIncarnation()).isEqualTo(6);
        assertThat(heartbeats.get(heartbeats.size() - 1).getTotal()).isEmpty();
    }
}
