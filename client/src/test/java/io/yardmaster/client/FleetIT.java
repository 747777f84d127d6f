package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Broker.class)
class FleetIT {
    private static final int ITEMS = 100;
    private static final int WINDOW = 32;

    private final Recorder recorder = new Recorder();

    /** The fleet gathers while the work is already coming, so partitions move all the time. */
    @ParameterizedTest
    @CsvSource({"4, 4, classic", "16, 8, classic", "4, 4, consumer", "16, 8, consumer"})
    void C10_aFleetRunsEverythingAndNothingTwice(int ems, int partitions, String protocol, Yard yard) {
        yard.withTopics(partitions).withProtocol(protocol);
        List<ExecutionManager> fleet = new ArrayList<>();
        try {
            IntStream.range(0, ems)
                    .forEach(i -> fleet.add(yard.em()
                            .parallelism(2)
                            .listener(recorder)
                            .handler((assignment, context) -> context.awaitCancelled(java.time.Duration.ofMillis(5)))
                            .start()));
            List<Long> sent = new ArrayList<>();
            while (sent.size() < ITEMS) {
                int atMost = Math.min(ITEMS, recorder.completed().size() + WINDOW);
                sent.addAll(yard.dispatch(1, Math.min(5, atMost - sent.size()), partitions));
            }
            await().until(() -> recorder.completed().size() >= ITEMS);
            await().until(() -> yard.sharesOfStableGroup(ems).size() == ems);
            fleet.forEach(ExecutionManager::close);
            assertThat(recorder.completed()).containsExactlyInAnyOrderElementsOf(sent);
        } finally {
            fleet.forEach(ExecutionManager::close);
        }
    }
}
