package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Broker.class)
class FleetIT {
    private static final int ITEMS = 100;
    private static final int WINDOW = 32;

    private final Recorder recorder = new Recorder();

    /** The fleet gathers while the work is already coming, so that partitions move under it. */
    @ParameterizedTest
    @CsvSource({"4, 4, classic", "16, 8, classic", "4, 4, consumer", "16, 8, consumer", "4, 1, share", "16, 8, share"})
    void C10_aFleetRunsEverythingAndNothingTwice(int ems, int partitions, String protocol, ClientFixture fixture) {
        fixture.withTopics(partitions).withProtocol(protocol);
        List<Long> sent = new ArrayList<>();
        try (var fleet = new Fleet()) {
            for (int i = 0; i < ems; i++) {
                fleet.add(fixture.em()
                        .parallelism(2)
                        .listener(recorder)
                        .handler((assignment, context) -> context.awaitCancelled(Duration.ofMillis(5))));
            }
            while (sent.size() < ITEMS) {
                int room = recorder.completed().size() + WINDOW - sent.size();
                sent.addAll(fixture.dispatch(1, Math.min(Math.min(5, room), ITEMS - sent.size())));
            }
            await().until(() -> recorder.completed().size() >= ITEMS);
            if (!protocol.equals("share")) {
                await().until(() -> fixture.sharesOfStableGroup(ems).size() == ems);
            }
        }
        assertThat(recorder.completed()).containsExactlyInAnyOrderElementsOf(sent);
    }
}
