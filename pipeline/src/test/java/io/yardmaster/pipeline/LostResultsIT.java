package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.embedded.connect.ConnectRest;
import io.yardmaster.schemas.ResultsPlace;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outcomes that Kafka deletes before they are rows are told of: in the log, in the table and beside the group's offset. */
@ExtendWith(Site.class)
class LostResultsIT {
    private final Site.Running site;

    LostResultsIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource
    void outcomesThatWereDeletedWhileTheConnectorWasAwayAreCounted(Database database) throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, database).ddl(database.prefix() + "-results.sql");
                ResultSender sender = new ResultSender(fixture)) {
            fixture.createTopics();
            send(sender, 0, 20);
            delete(fixture, 20);
            fixture.connectResults(fixture.config(database.prefix() + "-results.json"));
            send(sender, 20, 100);
            awaitPosition(fixture, 100);
            assertThat(lost(fixture))
                    .as("deleted before anybody asked for rows")
                    .isEqualTo("0");

            whileStopped(site.worker().rest(), fixture, () -> {
                send(sender, 100, 150);
                delete(fixture, 130);
            });
            awaitPosition(fixture, 150);
            assertThat(lost(fixture)).isEqualTo("30");
            assertThat(rows(fixture)).isEqualTo(100);
            assertThat(fixture.workerLog())
                    .containsOnlyOnce("lost: the records of %s-0 from offset 100 to 129 were deleted"
                            .formatted(fixture.topics().of(Topic.OUTCOMES)));
            await().until(() -> marked(fixture) == 30);

            // Nothing is left that could be read; nobody sends.
            whileStopped(site.worker().rest(), fixture, () -> {
                send(sender, 150, 160);
                delete(fixture, 160);
            });
            awaitPosition(fixture, 160);
            assertThat(lost(fixture)).isEqualTo("40");
            await().until(() -> marked(fixture) == 40 && committed(fixture).offset() == 160);

            fixture.sql("UPDATE yardmaster_positions SET lost = 0");
            await().until(() -> marked(fixture) == 0);
            assertThat(site.worker().rest().isRunning(fixture.results())).isTrue();
        }
    }

    /** The database holds the connector up until its place in the topic is gone. */
    @ParameterizedTest
    @EnumSource
    void outcomesThatWereDeletedWhileTheConnectorWasHeldUpAreCounted(Database database) throws Exception {
        try (ConnectFixture fixture = new ConnectFixture(site, database).ddl(database.prefix() + "-results.sql");
                ResultSender sender = new ResultSender(fixture)) {
            fixture.createTopics();
            Map<String, String> config = fixture.config(database.prefix() + "-results.json");
            config.put("consumer.override.max.partition.fetch.bytes", "1");
            config.put("consumer.override.max.poll.records", "1");
            fixture.connectResults(config);
            send(sender, 0, 1);
            awaitPosition(fixture, 1);
            try (Connection locking = fixture.server.connect(fixture.name);
                    Statement statement = locking.createStatement()) {
                locking.setAutoCommit(false);
                statement.execute("SELECT next_offset FROM yardmaster_positions FOR UPDATE");
                for (int task = 1; task < 50; task++) {
                    send(sender, task, task + 1);
                }
                delete(fixture, 40);
            }
            awaitPosition(fixture, 50);
            int lost = Integer.parseInt(lost(fixture));
            assertThat(lost).isBetween(30, 39);
            assertThat(rows(fixture)).isEqualTo(50 - lost);
        }
    }

    private static void send(ResultSender sender, int from, int to) {
        for (int task = from; task < to; task++) {
            sender.send(ResultSender.outcome(1, task, 0, 0, TaskResult.SUCCEEDED));
        }
        sender.flush();
    }

    private static TopicPartition partition(ConnectFixture fixture) {
        return new TopicPartition(fixture.topics().of(Topic.OUTCOMES), 0);
    }

    private static void delete(ConnectFixture fixture, long before) throws Exception {
        fixture.admin()
                .deleteRecords(Map.of(partition(fixture), RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void whileStopped(ConnectRest rest, ConnectFixture fixture, Step step) throws Exception {
        rest.stop(fixture.results());
        await().until(() -> rest.status(fixture.results()).path("tasks").isEmpty());
        step.run();
        rest.resume(fixture.results());
    }

    private static void awaitPosition(ConnectFixture fixture, long position) {
        await().until(() -> value(fixture, "next_offset").equals(Long.toString(position)));
    }

    private static String lost(ConnectFixture fixture) throws SQLException {
        return value(fixture, "lost");
    }

    private static String value(ConnectFixture fixture, String column) throws SQLException {
        List<String> values = fixture.column("SELECT %s FROM yardmaster_positions WHERE topic = '%s'"
                .formatted(column, fixture.topics().of(Topic.OUTCOMES)));
        return values.isEmpty() ? "none" : values.get(0);
    }

    private static int rows(ConnectFixture fixture) throws SQLException {
        return Integer.parseInt(
                fixture.column("SELECT count(*) FROM yardmaster_outcomes").get(0));
    }

    private static long marked(ConnectFixture fixture) throws Exception {
        return ResultsPlace.lost(committed(fixture).metadata());
    }

    private static OffsetAndMetadata committed(ConnectFixture fixture) throws Exception {
        return fixture.admin()
                .listConsumerGroupOffsets("connect-" + fixture.results())
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition(fixture));
    }
}
