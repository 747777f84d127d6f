package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler that takes a while to end when it is cancelled, as a handler does that stops a command. */
@ExtendWith(Broker.class)
class CancelledIT {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer", "share"})
    void aHandlerHasEndedBeforeAnotherMemberBeginsItsAssignment(String protocol, ClientFixture fixture) {
        fixture.withTopics(1).withProtocol(protocol);
        var begun = new CountDownLatch(1);
        try (var fleet = new Fleet()) {
            ExecutionManager closing =
                    fleet.add(fixture.em().cancelGrace(Duration.ofMinutes(1)).handler(slowToEnd(begun)));
            fixture.dispatch(1, 1);
            await().until(() -> begun.getCount() == 0);
            fleet.add(fixture.em().handler((task, context) -> events.add("begun anew")));
            closing.close(Duration.ZERO);
            await().until(() -> events.size() == 2);
            assertThat(events).containsExactly("ended", "begun anew");
        }
    }

    /** A member that joins gets one of two partitions. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aHandlerHasEndedBeforeTheNextOwnerOfItsPartitionBeginsItsAssignment(String protocol, ClientFixture fixture) {
        fixture.withTopics(2).withProtocol(protocol);
        var begun = new CountDownLatch(2);
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em()
                    .parallelism(2)
                    .revokeGrace(Duration.ZERO)
                    .cancelGrace(Duration.ofMinutes(1))
                    .handler(slowToEnd(begun)));
            fixture.dispatch(1, 2);
            await().until(() -> begun.getCount() == 0);
            fleet.add(fixture.em().handler((task, context) -> events.add("begun anew")));
            await().until(() -> events.contains("begun anew"));
            assertThat(events).containsExactly("ended", "begun anew");
        }
    }

    private AssignmentHandler slowToEnd(CountDownLatch begun) {
        return (task, context) -> {
            begun.countDown();
            awaitCancelled(context);
            end();
            events.add("ended");
        };
    }

    /** Lasts long enough for the next owner to begin, if it could; an interrupt does not shorten it. */
    private static void end() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            Thread.interrupted();
        }
    }

    private static void awaitCancelled(HandlerContext context) {
        while (!context.cancelled()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            Thread.interrupted();
        }
    }
}
