package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TopicFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Settings that throw when they are read, as a class does that is missing. */
    private static final class Breaking extends AbstractMap<String, Object> {
        private final CountDownLatch looks = new CountDownLatch(3);

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            looks.countDown();
            throw new NoClassDefFoundError("io/yardmaster/Replaced");
        }
    }

    @Test
    void anErrorIsToldOnceAndDoesNotEndIt() throws InterruptedException {
        Breaking settings = new Breaking();
        var follower = new TopicFollower(
                settings, "kills", "they run on", record -> {}, new RetryPolicy(9, Duration.ZERO, Duration.ZERO));
        try (var log = new WarningsOf(TopicFollower.class)) {
            follower.start();
            assertThat(follower.awaitFirstLook(PATIENCE)).isTrue();
            assertThat(settings.looks.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(log.messages())
                    .containsExactly("cannot follow kills, they run on: "
                            + "java.lang.NoClassDefFoundError: io/yardmaster/Replaced");
        } finally {
            follower.stop();
        }
    }
}
