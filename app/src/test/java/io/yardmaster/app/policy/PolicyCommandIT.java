package io.yardmaster.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.testkafka.TestKafka;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandIT {
    private static TestKafka kafka;

    @TempDir
    Path directory;

    @BeforeAll
    static void start(@TempDir Path data) {
        kafka = TestKafka.start(data);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static Map<String, String> settings(String deployment) {
        return Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "kafka.application.id",
                deployment,
                "topic.prefix",
                deployment + ".",
                "schema.registry.url",
                "mock://" + deployment);
    }

    private static CommandLineRun run(String deployment, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        settings(deployment).forEach((key, value) -> all.add("--set=" + key + "=" + value));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private static CommandLineRun done(String lines) {
        return new CommandLineRun(0, lines + "\n", "");
    }

    private static String created(String name) {
        String deployment = kafka.unique(name);
        assertThat(run(deployment, "topics", "create").exitCode()).isZero();
        return deployment;
    }

    private String file(String text) throws Exception {
        return Files.writeString(directory.resolve("policy.yaml"), text).toString();
    }

    @Test
    void anEntryIsSetShownChangedAndWithdrawn() {
        String at = created("set");
        assertThat(run(at, "policy", "get")).isEqualTo(new CommandLineRun(0, "", ""));
        assertThat(run(at, "policy", "set", "group/7", "weight=2", "--by=ann", "--reason=paid for two"))
                .isEqualTo(done("+ group/7 weight=2"));
        assertThat(run(at, "policy", "get", "group/7").stdout())
                .matches("group/7 weight=2  \\([-0-9T:.Z]+ by ann: paid for two\\)\n");
        assertThat(run(at, "policy", "set", "group/7", "weight=0.5", "--by=bob"))
                .isEqualTo(done("~ group/7 weight=2 -> 0.5"));
        assertThat(run(at, "policy", "set", "group/7", "weight=0.5", "--by=cora"))
                .isEqualTo(done("nothing to change"));
        assertThat(run(at, "policy", "get").stdout()).contains("weight=0.5").contains("by bob)");
        assertThat(run(at, "policy", "unset", "group/7")).isEqualTo(done("- group/7 weight=0.5"));
        CommandLineRun gone = new CommandLineRun(1, "", "yardmaster: group/7 is not set\n");
        assertThat(run(at, "policy", "get", "group/7")).isEqualTo(gone);
        assertThat(run(at, "policy", "unset", "group/7")).isEqualTo(gone);
    }

    @Test
    void L4_aLimitIsSetChangedAndRefused() {
        String at = created("limited");
        assertThat(run(at, "policy", "set", "limit/licence", "capacity=50", "--by=ann"))
                .isEqualTo(done("+ limit/licence capacity=50"));
        assertThat(run(at, "policy", "set", "limit/licence", "capacity=20", "--by=ann"))
                .isEqualTo(done("~ limit/licence capacity=50 -> 20"));
        assertThat(run(at, "policy", "set", "group/7", "tasks=10", "weight=2", "--by=ann"))
                .isEqualTo(done("+ group/7 tasks=10 weight=2"));
        for (String wrong : List.of("0", "-1", "2.5", "1000000001")) {
            assertThat(run(at, "policy", "set", "limit/licence", "capacity=" + wrong))
                    .isEqualTo(new CommandLineRun(
                            2,
                            "",
                            "yardmaster: capacity must be a whole number from 1 to 1000000000, not " + wrong + "\n"));
        }
        assertThat(run(at, "policy", "get").stdout().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("limit/licence capacity=20 "));
    }

    @Test
    void applyMakesThePolicyEqualToAFile() throws Exception {
        String at = created("applied");
        run(at, "policy", "set", "group/1", "weight=1", "--by=ann");
        run(at, "policy", "set", "group/2", "weight=2", "--by=ann");
        run(at, "policy", "set", "group/3", "weight=3", "--by=ann");
        String file = file("groups:\n  1: {weight: 1}\n  2: {weight: 5}\n  4: {weight: 4}\n");
        String changes = "~ group/2 weight=2 -> 5\n- group/3 weight=3\n+ group/4 weight=4\n";

        assertThat(run(at, "policy", "diff", file)).isEqualTo(new CommandLineRun(1, changes, ""));
        assertThat(run(at, "policy", "apply", file, "--by=bob")).isEqualTo(new CommandLineRun(0, changes, ""));
        assertThat(run(at, "policy", "diff", file)).isEqualTo(new CommandLineRun(0, "", ""));
        assertThat(run(at, "policy", "get").stdout().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("group/1 weight=1 ") && line.endsWith(" by ann)"))
                .anyMatch(line -> line.startsWith("group/2 weight=5 ") && line.endsWith(" by bob)"));
        assertThat(run(at, "policy", "apply", file("{}")).stdout().lines()).hasSize(3);
        assertThat(run(at, "policy", "get").stdout()).isEmpty();
    }

    @Test
    void aMistakeIsOneLineAndNothingIsApplied() throws Exception {
        String at = created("mistaken");
        String file = file("groups: {1: {weight: 2}, 2: {weight: -2}}");
        CommandLineRun refused = new CommandLineRun(
                2, "", "yardmaster: " + file + ": groups.2: weight must be a number from 0.001 to 1000, not -2\n");
        for (String command : List.of("apply", "diff")) {
            assertThat(run(at, "policy", command, file)).isEqualTo(refused);
        }
        assertThat(CommandLineRun.of("policy", "check", file)).isEqualTo(refused);
        assertThat(run(at, "policy", "set", "group/1", "weight=x"))
                .isEqualTo(
                        new CommandLineRun(2, "", "yardmaster: weight must be a number from 0.001 to 1000, not 'x'\n"));
        assertThat(run(at, "policy", "set", "grup/1", "weight=1"))
                .isEqualTo(new CommandLineRun(
                        2, "", "yardmaster: grup/1: unknown key grup: the nearest known one is group\n"));
        assertThat(run(at, "policy", "get").stdout()).isEmpty();
    }

    @Test
    void aFieldThatIsIgnoredIsOneLineAndNothingIsApplied() throws Exception {
        String at = created("ignored");
        assertThat(run(at, "policy", "set", "group/7", "burst=5"))
                .isEqualTo(new CommandLineRun(2, "", "yardmaster: group/7: burst is ignored without rate\n"));
        String file = file("groups: {1: {weight: 2}}\npools: {gpu: {preemptions: 3}}");
        CommandLineRun refused = new CommandLineRun(
                2, "", "yardmaster: " + file + ": pools.gpu: preemptions is ignored without placement=hosts\n");
        assertThat(run(at, "policy", "apply", file)).isEqualTo(refused);
        assertThat(CommandLineRun.of("policy", "check", file)).isEqualTo(refused);
        assertThat(run(at, "policy", "get").stdout()).isEmpty();

        assertThat(run(at, "policy", "set", "group/7", "rate=2").exitCode()).isZero();
        assertThat(run(at, "policy", "set", "group/7", "burst=5")).isEqualTo(done("~ group/7 burst=unset -> 5"));
    }

    @Test
    void theNumberOfShardsThatDivideLimitsIsKnown() {
        String at = kafka.unique("divided");
        assertThat(run(at, "topics", "create", "--partitions=3").exitCode()).isZero();
        try (PolicyTopic topic = new PolicyTopic(SchedulerConfig.from(settings(at)))) {
            assertThat(topic.shards()).isEqualTo(3);
        }
    }

    @Test
    void aMissingTopicIsOneLine() {
        String at = kafka.unique("absent");
        CommandLineRun missing = new CommandLineRun(
                1,
                "",
                "yardmaster: topics are missing on " + kafka.bootstrapServers() + ": " + at
                        + ".policy ('yardmaster topics create' makes them)\n");
        assertThat(run(at, "policy", "get")).isEqualTo(missing);
        assertThat(run(at, "policy", "set", "group/7", "weight=2")).isEqualTo(missing);
    }

    @Test
    void whatThisVersionDoesNotUnderstandIsToldAndStays() throws Exception {
        String at = created("foreign");
        try (KafkaProducer<String, byte[]> other = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            other.send(new ProducerRecord<>(at + ".policy", "colour/7", new byte[] {1}))
                    .get();
            other.send(new ProducerRecord<>(at + ".policy", "group/8", "text".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        run(at, "policy", "set", "group/7", "weight=2", "--by=ann");

        CommandLineRun get = run(at, "policy", "get");
        assertThat(get.stdout()).startsWith("group/7 ").hasLineCount(1);
        assertThat(get.stderr().lines())
                .hasSize(2)
                .anyMatch(
                        line -> line.equals(
                                "yardmaster: colour/7: unknown key colour: must be group or limit or pool or tasks or default or retry; the entry is ignored"))
                .anyMatch(line -> line.startsWith("yardmaster: group/8: cannot be read and is ignored: "));
        assertThat(run(at, "policy", "apply", file("{}")).stdout()).isEqualTo("- group/7 weight=2\n");
        assertThat(run(at, "policy", "get").stderr()).hasLineCount(2);
    }

    @Test
    void aRunningSchedulerObeysTheCommand() {
        String at = created("running");
        Map<String, String> settings = new HashMap<>(settings(at));
        settings.put("state.dir", directory.resolve("state").toString());
        try (SchedulerService service = new SchedulerService(SchedulerConfig.from(settings))) {
            service.start();
            service.awaitRunning(Duration.ofSeconds(60));
            run(at, "policy", "set", "group/7", "weight=2");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> service.queries()
                    .orElseThrow()
                    .policy()
                    .live()
                    .groupWeights()
                    .equals(Map.of(7L, 2.0)));
        }
    }
}
