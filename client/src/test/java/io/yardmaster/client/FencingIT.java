package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Broker.class)
class FencingIT {
    private static final long SEED = 20_260_101;

    private final Recorder recorder = new Recorder();

    /** A start by a handler whose assignment was not cancelled. */
    private record Start(int em, long id, long session) {}

    @ParameterizedTest
    @CsvSource({"1, 1, classic", "4, 1, classic", "1, 4, classic", "4, 4, classic", "1, 4, share", "4, 4, share"})
    void C11_noOlderEpochIsHandledAfterANewerOne(int ems, int parallelism, String protocol, ClientFixture fixture) {
        fixture.withTopics(4).withProtocol(protocol);
        var random = new Random(SEED);
        Queue<Start> starts = new ConcurrentLinkedQueue<>();
        List<Long> sent = new ArrayList<>();
        try (var fleet = new Fleet()) {
            for (int i = 0; i < ems; i++) {
                int em = i;
                fleet.add(
                        fixture.em().parallelism(parallelism).listener(recorder).handler((assignment, context) -> {
                            synchronized (starts) {
                                if (!context.cancelled()) {
                                    starts.add(new Start(em, assignment.id(), assignment.session()));
                                }
                            }
                            context.awaitCancelled(Duration.ofMillis(3));
                        }));
            }
            for (long session = 1; session <= 20; session++) {
                sent.addAll(fixture.dispatch(session, random.nextInt(17)));
                fixture.bump(session + 1);
            }
            List<Long> last = fixture.dispatch(21, 16);
            sent.addAll(last);
            await().until(() -> recorder.completed().containsAll(last));
            await().until(() -> recorder.completed().size()
                            + recorder.dropped(DropReason.FENCED).size()
                    >= sent.size());
        }
        assertThat(starts).as("seed %d", SEED).allMatch(start -> start.session() == fixture.sessionOf(start.id()));
        for (int em = 0; em < ems; em++) {
            int number = em;
            assertThat(starts.stream().filter(start -> start.em() == number).map(Start::session))
                    .as("sessions in EM %d, seed %d", em, SEED)
                    .isSorted();
        }
        var reported = new ArrayList<>(recorder.completed());
        reported.addAll(recorder.dropped(DropReason.FENCED));
        assertThat(reported).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void S11_aBumpWithoutAssignmentsCancelsWhatRunsAndDropsWhatWaits(ClientFixture fixture) {
        fixture.withTopics(1);
        var started = new CountDownLatch(1);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {
                started.countDown();
                assertThat(context.awaitCancelled(Duration.ofMinutes(1))).isTrue();
            }));
            List<Long> old = fixture.dispatch(1, 2);
            await().until(() -> started.getCount() == 0);
            fixture.bump(2);
            await().until(() -> recorder.dropped(DropReason.FENCED).size() == 2);
            assertThat(recorder.dropped(DropReason.FENCED)).containsExactlyInAnyOrderElementsOf(old);
            await().until(() -> fixture.committed().get(0).offset() == 2);
        }
        assertThat(recorder.completed()).isEmpty();
    }

    @Test
    void S11_oneThatStartsAfterTheBumpRunsNothingOlder(ClientFixture fixture) {
        fixture.withTopics(4);
        List<Long> old = fixture.dispatch(1, 20);
        fixture.bump(2);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().parallelism(4).listener(recorder).handler((assignment, context) -> {}));
            await().until(() -> recorder.dropped(DropReason.FENCED).size() == old.size());
        }
        assertThat(recorder.completed()).isEmpty();
    }
}
