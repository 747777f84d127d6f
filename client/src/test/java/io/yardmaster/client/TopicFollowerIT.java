package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class TopicFollowerIT {
    private static final RetryPolicy SOON = new RetryPolicy(9, Duration.ofMillis(1), Duration.ofMillis(1));

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Queue<Long> read = new ConcurrentLinkedQueue<>();

    @Test
    void aMissingTopicIsToldOnceAndReadWhenItIsThere(ClientFixture fixture) throws InterruptedException {
        var follower = follower(fixture, polled -> read.add(polled.offset()));
        try (var log = new WarningsOf(TopicFollower.class)) {
            follower.start();
            assertThat(follower.awaitFirstLook(LONG)).isTrue();
            fixture.withTopics(1);
            fixture.kill(0, 1);
            await().until(() -> List.copyOf(read).equals(List.of(0L)));
            fixture.kill(1, 1);
            await().until(() -> List.copyOf(read).equals(List.of(0L, 2L)));
            assertThat(log.messages())
                    .containsExactly("cannot follow " + fixture.kills() + ", they run on: there is no such topic");
        } finally {
            follower.stop();
        }
    }

    @Test
    void aRecordThatCannotBeReadNowIsReadLater(ClientFixture fixture) throws InterruptedException {
        fixture.withTopics(1);
        fixture.kill(0, 1);
        fixture.kill(1, 1);
        var follower = follower(fixture, polled -> {
            read.add(polled.offset());
            if (read.size() == 2) {
                throw new RegistryAwayException(new IOException("no answer"));
            }
        });
        try (var log = new WarningsOf(TopicFollower.class)) {
            follower.start();
            await().until(() -> List.copyOf(read).equals(List.of(0L, 2L, 0L, 2L)));
            assertThat(log.messages()).containsExactly("cannot follow " + fixture.kills() + ", they run on: no answer");
        } finally {
            follower.stop();
        }
    }

    /** Otherwise an execution manager that starts would begin assignments that are killed. */
    @Test
    void theFirstLookAtEachTopicIsAwaited(ClientFixture fixture) throws Exception {
        fixture.withTopics(1);
        fixture.kill(0, 1);
        var mayRead = new CompletableFuture<Void>();
        var quick = follower(fixture, polled -> {});
        var slow = follower(fixture, polled -> mayRead.join());
        var followers = new Followers(List.of(quick, slow));
        followers.start();
        try {
            var awaited = CompletableFuture.runAsync(() -> awaitFirstLooks(followers));
            assertThat(quick.awaitFirstLook(LONG)).isTrue();
            await().during(Duration.ofMillis(300)).until(() -> !awaited.isDone());
            mayRead.complete(null);
            awaited.get(1, TimeUnit.MINUTES);
        } finally {
            mayRead.complete(null);
            followers.stop();
        }
    }

    private static void awaitFirstLooks(Followers followers) {
        try {
            followers.awaitFirstLooks(LONG, new StopRequest(System::nanoTime));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TopicFollower follower(ClientFixture fixture, TopicFollower.Reader reader) {
        return new TopicFollower(fixture.followerSettings(), fixture.kills(), "they run on", reader, SOON);
    }
}
