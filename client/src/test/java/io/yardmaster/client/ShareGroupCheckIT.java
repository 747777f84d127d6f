package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a broker that lets clients do everything but what a test refuses them. */
class ShareGroupCheckIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static EmbeddedKafka kafka;

    private final Recorder recorder = new Recorder();
    private ClientFixture fixture;

    @BeforeAll
    static void start(@TempDir Path directory) {
        kafka = EmbeddedKafka.start(
                directory,
                0,
                Map.of("authorizer.class.name", RefusingAuthorizer.class.getName(), "group.share.max.size", "2"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void enter() {
        fixture = new ClientFixture(kafka.bootstrapServers()).withTopics(1).withShareGroup();
    }

    @AfterEach
    void leave() {
        RefusingAuthorizer.refuse();
        fixture.close();
    }

    @Test
    void moreMembersThanAnyGroupHasRoomForAreRefusedBeforeAnyOfThemJoins() {
        var stopped = fixture.em()
                .parallelism(3)
                .handler((assignment, context) -> {})
                .start()
                .stopped()
                .toCompletableFuture();
        assertThatThrownBy(stopped::join)
                .cause()
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("parallelism is 3")
                .hasMessageContaining("group.share.max.size=2");
        assertThatThrownBy(fixture::shareMembers)
                .as("the group does not exist")
                .hasRootCauseInstanceOf(ApiException.class);
    }

    @Test
    void withoutPermissionToSetMissingSettingsItStopsAndNamesTheCommand() {
        RefusingAuthorizer.refuse(AclOperation.ALTER_CONFIGS);
        assertThatThrownBy(startedAndStopped()::join)
                .cause()
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--entity-name " + fixture.group())
                .hasMessageContaining("share.auto.offset.reset=earliest")
                .hasMessageContaining("share.isolation.level=read_committed")
                .hasMessageNotContaining("\n");
    }

    @Test
    void withoutPermissionToSetItRunsInAGroupThatIsRightAlready() {
        List<Long> sent = fixture.dispatch(1, 1);
        runs(sent);
        RefusingAuthorizer.refuse(AclOperation.ALTER_CONFIGS);
        runs(fixture.dispatch(1, 1));
    }

    @Test
    void withoutPermissionToLookItRunsOnlyIfTheCheckIsOff() {
        runs(fixture.dispatch(1, 1));
        RefusingAuthorizer.refuse(AclOperation.ALTER_CONFIGS, AclOperation.DESCRIBE_CONFIGS);
        assertThatThrownBy(startedAndStopped()::join).cause().hasMessageContaining("dispatch.group.check=false");
        fixture.with("dispatch.group.check", "false");
        runs(fixture.dispatch(1, 1));
    }

    @Test
    void aGroupThatIsFullStopsWhoeverComesTooMany() {
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().parallelism(2).listener(recorder).handler((assignment, context) -> {}));
            List<Long> sent = fixture.dispatch(1, 1);
            await().atMost(LONG).until(() -> recorder.completed().equals(sent));
            await().atMost(LONG).until(() -> fixture.shareMembers() == 2);
            assertThatThrownBy(startedAndStopped()::join)
                    .cause()
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("maximum")
                    .hasMessageContaining("the brokers' group.share.max.size limits the number of members");
        }
    }

    private CompletableFuture<Void> startedAndStopped() {
        ExecutionManager manager =
                fixture.em().handler((assignment, context) -> {}).start();
        var stopped = manager.stopped().toCompletableFuture();
        await().atMost(LONG).until(stopped::isDone);
        return stopped;
    }

    private void runs(List<Long> sent) {
        try (var fleet = new Fleet()) {
            fleet.add(fixture.em().listener(recorder).handler((assignment, context) -> {}));
            await().atMost(LONG).until(() -> recorder.completed().containsAll(sent));
        }
    }
}
