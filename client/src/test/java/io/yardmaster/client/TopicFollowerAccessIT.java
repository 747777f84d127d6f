package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicFollowerAccessIT {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final RetryPolicy SOON = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(100));

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start(@TempDir Path directory) {
        kafka = EmbeddedKafka.start(directory, 0, Map.of("authorizer.class.name", RefusingAuthorizer.class.getName()));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @AfterEach
    void permit() {
        RefusingAuthorizer.refuseOnKills();
    }

    @ParameterizedTest
    @EnumSource(names = {"DESCRIBE", "READ"})
    void aTopicThatMayNotBeReadIsToldOnceAndReadWhenItMay(AclOperation refused) throws InterruptedException {
        try (var fixture = new ClientFixture(kafka.bootstrapServers()).withTopics(1);
                var log = new WarningsOf(TopicFollower.class)) {
            fixture.kill(0, 1);
            RefusingAuthorizer.refuseOnKills(refused);
            var read = new CountDownLatch(1);
            var follower = new TopicFollower(
                    fixture.followerSettings(), fixture.kills(), "they run on", polled -> read.countDown(), SOON);
            follower.start();
            try {
                assertThat(follower.awaitFirstLook(LONG)).isTrue();
                await().atMost(LONG).during(Duration.ofMillis(500)).until(() -> read.getCount() == 1);
                RefusingAuthorizer.refuseOnKills();
                await().atMost(LONG).until(() -> read.getCount() == 0);
                assertThat(log.messages())
                        .containsExactly("cannot follow " + fixture.kills()
                                + ", they run on: Not authorized to access topics: [" + fixture.kills() + "]");
            } finally {
                follower.stop();
            }
        }
    }
}
