package io.yardmaster.app.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    private static TestKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start(@TempDir Path data) {
        kafka = TestKafka.start(data);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void missingTopicsAreNamedThenMadeThenFine() throws Exception {
        var missing = topics("a", "check");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.stderr())
                .isEqualTo("yardmaster: topics are missing on " + kafka.bootstrapServers()
                        + ": a.ready, a.commit, a.cleanup, a.graphs, a.commands, a.outcomes, a.dispatch, a.events, a.kills, a.dead-letter,"
                        + " a.sessions, a.shares, a.policy"
                        + " ('yardmaster topics create' makes them)\n");

        assertThat(topics("a", "create", "--partitions=3", "--dispatch-partitions=5"))
                .isEqualTo(done(
                        "created a.ready, a.commit, a.cleanup, a.graphs, a.commands, a.outcomes, a.dispatch, a.events, a.kills,"
                                + " a.dead-letter, a.sessions, a.shares, a.policy"));
        assertThat(topics("a", "check")).isEqualTo(done("all topics are as they must be"));
        assertThat(topics("a", "create", "--partitions=3")).isEqualTo(done("all topics exist"));
        assertThat(partitions("a.ready", "a.commit", "a.cleanup", "a.graphs", "a.commands", "a.outcomes", "a.events"))
                .containsExactly(3, 3, 3, 3, 3, 3, 3);
        assertThat(partitions("a.dispatch", "a.kills", "a.sessions")).containsExactly(5, 1, 1);
    }

    @Test
    void theTopicsThatAnOlderVersionLacksGetAsManyPartitionsAsItsLanes() throws Exception {
        create(topic("k.ready", 3), topic("k.commit", 3), topic("k.cleanup", 3), topic("k.dispatch", 5));
        create(topic("k.dead-letter", 1), compacted("k.sessions", 1), compacted("k.shares", 1));
        assertThat(topics("k", "create"))
                .isEqualTo(done("created k.graphs, k.commands, k.outcomes, k.events, k.kills, k.policy"));
        assertThat(partitions("k.graphs", "k.commands", "k.outcomes", "k.events", "k.kills"))
                .containsExactly(3, 3, 3, 3, 1);
    }

    @Test
    void theTopicsOfHostsAreMadeOnlyIfSomebodyWantsThem() throws Exception {
        assertThat(topics("n", "create", "--partitions=3").exitCode()).isZero();
        assertThat(topics("n", "create", "--hosts")).isEqualTo(done("created n.hosts, n.offers"));
        assertThat(partitions("n.hosts", "n.offers")).containsExactly(3, 3);
        assertThat(config("n.hosts", "retention.ms")).isEqualTo("3600000");
        assertThat(config("n.offers", "retention.ms")).isEqualTo("-1");
        assertThat(topics("n", "check")).isEqualTo(done("all topics are as they must be"));
        admin.deleteTopics(List.of(own("n.offers"))).all().get();
        await().atMost(LONG).untilAsserted(() -> assertThat(topics("n", "check").stderr())
                .contains("topics are missing", "n.offers"));
    }

    @Test
    void C13_lanesOfUnequalPartitionCountsAreRefused() throws Exception {
        create(
                topic("b.ready", 4),
                topic("b.commit", 2),
                topic("b.cleanup", 4),
                topic("b.graphs", 4),
                topic("b.commands", 3),
                topic("b.outcomes", 4));
        create(topic("b.dispatch", 1), topic("b.events", 1), topic("b.kills", 1));
        create(
                topic("b.dead-letter", 1),
                compacted("b.sessions", 1),
                compacted("b.shares", 1),
                compacted("b.policy", 1));
        var refused = topics("b", "check");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.stderr())
                .isEqualTo(
                        "yardmaster: the lanes, graphs, commands and outcomes must have equal partition counts:"
                                + " b.ready has 4, b.commit has 2, b.cleanup has 4, b.graphs has 4, b.commands has 3, b.outcomes has 4\n");
    }

    @Test
    void aTopicThatIsNotCompactedOrHasSeveralPartitionsIsRefusedIfItMustNot() throws Exception {
        create(topic("c.sessions", 2), compacted("c.kills", 2), compacted("c.events", 2));
        assertThat(topics("c", "create").stderr().lines())
                .containsExactly(
                        "yardmaster: topic c.kills must have 1 partition, it has 2",
                        "yardmaster: topic c.sessions must have 1 partition, it has 2",
                        "yardmaster: topic c.sessions must have cleanup.policy=compact, it has delete",
                        "yardmaster: topic c.events must have cleanup.policy=delete, it has compact",
                        "yardmaster: topic c.kills must have cleanup.policy=delete, it has compact");
        assertThat(existing("c")).containsExactlyInAnyOrder("c.sessions", "c.kills", "c.events");
    }

    @Test
    void noTopicIsMadeWhenOneThatExistsDoesNotFit() throws Exception {
        create(topic("d.commit", 2));
        var refused = topics("d", "create", "--partitions=3");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.stderr())
                .isEqualTo(
                        "yardmaster: the lanes, graphs, commands and outcomes must have equal partition counts:"
                                + " d.ready has 3, d.commit has 2, d.cleanup has 3, d.graphs has 3, d.commands has 3, d.outcomes has 3\n");
        assertThat(existing("d")).containsExactly("d.commit");
        assertThat(topics("d", "create", "--partitions=2").exitCode()).isZero();
    }

    @Test
    void noTopicIsMadeWhenKafkaRefusesOne() throws Exception {
        var refused = topics("e", "create", "--replication=3");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.stderr())
                .startsWith("yardmaster: topics cannot be made")
                .hasLineCount(1);
        assertThat(existing("e")).isEmpty();
    }

    @Test
    void lanesWithAnotherPartitionCountThanTheStateAreRefusedByBothNumbers() throws Exception {
        assertThat(topics("f", "create", "--partitions=4").exitCode()).isZero();
        create(topic("f-scheduler-state-changelog", 4).configs(Map.of("cleanup.policy", "compact")));
        assertThat(topics("f", "check").exitCode()).isZero();
        admin.createPartitions(Map.of(
                        own("f.ready"), NewPartitions.increaseTo(8),
                        own("f.commit"), NewPartitions.increaseTo(8),
                        own("f.cleanup"), NewPartitions.increaseTo(8),
                        own("f.graphs"), NewPartitions.increaseTo(8),
                        own("f.commands"), NewPartitions.increaseTo(8),
                        own("f.outcomes"), NewPartitions.increaseTo(8)))
                .all()
                .get();
        await().atMost(LONG)
                .until(() -> partitions("f.ready", "f.commit", "f.cleanup", "f.graphs", "f.commands", "f.outcomes")
                        .equals(List.of(8, 8, 8, 8, 8, 8)));
        assertRefused(
                "f",
                "topic f.ready has 8 partition(s), but the scheduler's state, topic f-scheduler-state-changelog, has 4");
    }

    @Test
    void topicsOfHostsWithAnotherPartitionCountThanTheStateOfPlacementAreRefusedByBothNumbers() throws Exception {
        assertThat(topics("q", "create", "--hosts").exitCode()).isZero();
        create(topic("q-placement-state-changelog", 1).configs(Map.of("cleanup.policy", "compact")));
        assertThat(topics("q", "check").exitCode()).isZero();
        raise("q.hosts", 2);
        assertRefused(
                "q", "the topics of hosts and offers must have equal partition counts: q.hosts has 2, q.offers has 1");
        raise("q.offers", 2);
        assertRefused(
                "q",
                "topic q.hosts has 2 partition(s), but the state of placement, topic q-placement-state-changelog, has 1:");
    }

    private static void raise(String topic, int count) throws Exception {
        admin.createPartitions(Map.of(own(topic), NewPartitions.increaseTo(count)))
                .all()
                .get();
        await().atMost(LONG).until(() -> partitions(topic).equals(List.of(count)));
    }

    /** {@code topics check} and {@code serve} end with a line that begins so. */
    private static void assertRefused(String prefix, String line) {
        for (String[] command : List.of(new String[] {"topics", "check"}, new String[] {
            "serve", "--set=schema.registry.url=mock://" + prefix, "--set=http.listen=127.0.0.1:0"
        })) {
            CommandLineRun refused = run(prefix, command);
            assertThat(refused.stderr().lines().filter(each -> each.startsWith("yardmaster: ")))
                    .singleElement()
                    .asString()
                    .startsWith("yardmaster: " + line);
            assertThat(refused.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void topicsThatAreMadeKeepEveryRecordUntilItWasTaken() throws Exception {
        assertThat(topics("g", "create").exitCode()).isZero();
        for (String name :
                List.of("g.ready", "g.commit", "g.cleanup", "g.graphs", "g.commands", "g.outcomes", "g.dispatch")) {
            assertThat(config(name, "retention.ms")).as(name).isEqualTo("-1");
            assertThat(config(name, "retention.bytes")).as(name).isEqualTo("-1");
        }
        assertThat(config("g.events", "retention.ms")).isEqualTo("604800000");
        assertThat(config("g.kills", "retention.ms")).isEqualTo("86400000");
        for (String name : List.of("g.commands", "g.outcomes", "g.events", "g.kills")) {
            assertThat(config(name, "cleanup.policy")).as(name).isEqualTo("delete");
            assertThat(config(name, "message.timestamp.type")).as(name).isEqualTo("LogAppendTime");
        }
        assertThat(config("g.dead-letter", "errors.deadletterqueue.group.enable"))
                .as("brokers may write what a share group gives up")
                .isEqualTo("true");
    }

    @Test
    void aTopicThatMayLoseRecordsIsNamed() throws Exception {
        assertThat(topics("h", "create", "--hosts").exitCode()).isZero();
        set("h.ready", "retention.ms", "604800000");
        set("h.commands", "retention.ms", "604800000");
        set("h.kills", "message.timestamp.type", "CreateTime");
        set("h.dispatch", "retention.bytes", "1073741824");
        set("h.dispatch", "message.timestamp.type", "CreateTime");
        create(topic("h-scheduler-state-changelog", 1).configs(Map.of("cleanup.policy", "compact,delete")));
        create(topic("h-placement-state-changelog", 1).configs(Map.of("cleanup.policy", "delete")));
        CommandLineRun checked = topics("h", "check");
        assertThat(checked.stderr().lines())
                .containsExactly(
                        "yardmaster: topic h.ready may lose records that nobody has taken yet: it has retention.ms=604800000"
                                + " (kafka-configs.sh --alter --topic h.ready --add-config retention.ms=-1 mends it)",
                        "yardmaster: topic h.commands may lose records that nobody has taken yet: it has"
                                + " retention.ms=604800000 (kafka-configs.sh --alter --topic h.commands --add-config"
                                + " retention.ms=-1 mends it)",
                        "yardmaster: topic h.dispatch may lose records that nobody has taken yet: it has"
                                + " message.timestamp.type=CreateTime, retention.bytes=1073741824 (kafka-configs.sh --alter"
                                + " --topic h.dispatch --add-config message.timestamp.type=LogAppendTime,retention.bytes=-1"
                                + " mends it)",
                        "yardmaster: topic h.kills may lose records that nobody has taken yet: it has"
                                + " message.timestamp.type=CreateTime (kafka-configs.sh --alter --topic h.kills --add-config"
                                + " message.timestamp.type=LogAppendTime mends it)",
                        "yardmaster: topic h-scheduler-state-changelog may lose records that nobody has taken yet: it has"
                                + " cleanup.policy=compact,delete (kafka-configs.sh --alter --topic"
                                + " h-scheduler-state-changelog --add-config cleanup.policy=compact mends it)",
                        "yardmaster: topic h-placement-state-changelog may lose records that nobody has taken yet: it has"
                                + " cleanup.policy=delete (kafka-configs.sh --alter --topic"
                                + " h-placement-state-changelog --add-config cleanup.policy=compact mends it)");
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @Test
    void aTopicOfAPoolThatMayLoseRecordsIsNamedAndMended() throws Exception {
        assertThat(topics("o", "create", "--pool=gpu").exitCode()).isZero();
        assertThat(topics("o", "check")).isEqualTo(done("all topics are as they must be"));
        create(topic("o.dispatch.tape", 1).configs(Map.of("retention.ms", "604800000")));
        CommandLineRun checked = topics("o", "check");
        assertThat(checked.stderr())
                .isEqualTo("yardmaster: topic o.dispatch.tape may lose records that nobody has taken yet: it has"
                        + " message.timestamp.type=CreateTime, retention.ms=604800000"
                        + " (kafka-configs.sh --alter --topic o.dispatch.tape --add-config"
                        + " message.timestamp.type=LogAppendTime,retention.ms=-1 mends it)\n");
        assertThat(checked.exitCode()).isEqualTo(1);

        try (DeploymentTopics own = DeploymentTopics.of(SchedulerConfig.from(Map.of(
                "kafka.application.id",
                kafka.unique("o"),
                "topic.prefix",
                kafka.unique("o") + ".",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers())))) {
            own.keepAll();
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(topics("o", "check"))
                .isEqualTo(done("all topics are as they must be")));
    }

    /** Its state is a copy of another Kafka's, so it also ends. */
    @Test
    void serveNamesATopicThatMayLoseRecordsAndEndsInOneLineIfItsStateIsForeign(@TempDir Path directory)
            throws Exception {
        assertThat(topics("j", "create").exitCode()).isZero();
        set("j.ready", "retention.ms", "604800000");
        String application = kafka.unique("j");
        Path state = directory.resolve("state");
        Files.createDirectories(state.resolve(application).resolve("0_0/rocksdb/scheduler-state"));
        String[] arguments = Stream.concat(
                        Stream.of(settings("j")),
                        Stream.of(
                                "--set=state.dir=" + state,
                                "--set=schema.registry.url=mock://j",
                                "--set=http.listen=127.0.0.1:0"))
                .toArray(String[]::new);
        try (ServeProcess serve = ServeProcess.start(directory, arguments)) {
            assertThat(serve.awaitExit()).isEqualTo(2);
            assertThat(serve.stdout()).isEmpty();
            assertThat(serve.stderr().lines().filter(line -> !line.contains(" INFO ")))
                    .satisfiesExactly(
                            warning -> assertThat(warning)
                                    .contains(" WARN ")
                                    .contains(
                                            " topic " + own("j.ready") + " may lose records that nobody has taken yet:"
                                                    + " it has retention.ms=604800000"),
                            end -> assertThat(end)
                                    .isEqualTo("yardmaster: there is local state, but topic "
                                            + own("j-scheduler-state-changelog")
                                            + ", whose copy it is, does not exist. Delete "
                                            + state.resolve(application) + " and start again"));
        }
    }

    @Test
    void aLaneThatIsCompactedIsRefused() throws Exception {
        assertThat(topics("i", "create").exitCode()).isZero();
        set("i.commit", "cleanup.policy", "compact");
        CommandLineRun refused = topics("i", "check");
        assertThat(refused.stderr())
                .isEqualTo("yardmaster: topic i.commit must have cleanup.policy=delete, it has compact\n");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    private static String config(String topic, String key) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, own(topic));
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(key)
                .value();
    }

    private static void set(String topic, String key, String value) throws Exception {
        var change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, own(topic)), List.of(change)))
                .all()
                .get();
        await().atMost(LONG).until(() -> config(topic, key).equals(value));
    }

    private static CommandLineRun done(String line) {
        return new CommandLineRun(0, line + "\n", "");
    }

    /** Runs a command of {@code topics} with this prefix, which is unique to this run. */
    private static CommandLineRun topics(String prefix, String... arguments) {
        return run(
                prefix, Stream.concat(Stream.of("topics"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static CommandLineRun run(String prefix, String... arguments) {
        String own = kafka.unique(prefix);
        CommandLineRun run = CommandLineRun.of(
                Stream.concat(Stream.of(arguments), Stream.of(settings(prefix))).toArray(String[]::new));
        return new CommandLineRun(
                run.exitCode(), run.stdout().replace(own, prefix), run.stderr().replace(own, prefix));
    }

    private static String[] settings(String prefix) {
        String own = kafka.unique(prefix);
        return new String[] {
            "--set=kafka.application.id=" + own,
            "--set=topic.prefix=" + own + ".",
            "--set=kafka.bootstrap.servers=" + kafka.bootstrapServers()
        };
    }

    private static void create(NewTopic... topics) throws ExecutionException, InterruptedException {
        TestTopics.create(admin, List.of(topics));
    }

    private static List<String> existing(String prefix) throws ExecutionException, InterruptedException {
        String own = kafka.unique(prefix);
        return admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(own + "."))
                .map(name -> name.replace(own, prefix))
                .toList();
    }

    private static List<Integer> partitions(String... names) throws ExecutionException, InterruptedException {
        List<String> own = Stream.of(names).map(TopicsIT::own).toList();
        var topics = admin.describeTopics(own).allTopicNames().get();
        return own.stream().map(name -> topics.get(name).partitions().size()).toList();
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(own(name), Optional.of(partitions), Optional.empty());
    }

    private static NewTopic compacted(String name, int partitions) {
        return topic(name, partitions).configs(Map.of("cleanup.policy", "compact"));
    }

    private static String own(String name) {
        int dot = name.indexOf(name.contains(".") ? '.' : '-');
        return kafka.unique(name.substring(0, dot)) + name.substring(dot);
    }
}
