package io.yardmaster.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.log.LogAlarms;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.testkafka.TestTopics;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a cluster with TLS, SCRAM and an authorizer, each command with a user of its own. */
class AccessIT {
    /** The host's pool. */
    private static final String POOL = "p";

    private static final long LIMIT_SECONDS = 60;

    @TempDir
    static Path directory;

    private static SecureKafka kafka;
    private static HttpService registry;

    @BeforeAll
    static void start() throws Exception {
        kafka = SecureKafka.start(
                directory, Stream.of(Role.values()).map(AccessIT::user).toList());
        registry = HttpService.start(new HostPort("127.0.0.1", 0));
        registry.mount(
                "registry",
                RegistryApi.router(EmbeddedRegistry.open(directory.resolve("schemas.json"))),
                RegistryApi.CONTENT_TYPE);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    private static String user(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Each deployment has topics and groups of its own. */
    private static Map<String, String> settings(String deployment, String user) {
        Map<String, String> settings = new HashMap<>();
        kafka.clientSettings(user).forEach((key, value) -> settings.put("kafka." + key, value));
        settings.put("kafka.application.id", deployment);
        settings.put("topic.prefix", deployment + ".");
        settings.put("dispatch.group", deployment + "-fleet");
        settings.put("dispatch.group.type", deployment.startsWith("share") ? "share" : "consumer");
        settings.put("schema.registry.url", registry.url() + "/registry");
        settings.put("http.listen", "127.0.0.1:0");
        settings.put("state.dir", directory.resolve(deployment + "-state").toString());
        return settings;
    }

    private static List<Permission> permissions(String deployment, Role role) {
        SchedulerConfig config = SchedulerConfig.from(settings(deployment, SecureKafka.ADMIN));
        return role.permissions(role == Role.HOST ? config.inPool(POOL) : config);
    }

    private static List<Permission> ofHosts(String deployment, Role role) {
        return role.ofHosts(SchedulerConfig.from(settings(deployment, SecureKafka.ADMIN)));
    }

    private static String[] create(boolean hosts) {
        return hosts ? new String[] {"topics", "create", "--hosts"} : new String[] {"topics", "create"};
    }

    private static String[] arguments(String deployment, String user, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        settings(deployment, user).forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
        return arguments.toArray(String[]::new);
    }

    private static CommandLineRun run(String deployment, String user, String... command) throws Exception {
        return CompletableFuture.supplyAsync(() -> CommandLineRun.of(arguments(deployment, user, command)))
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "share"})
    void theDocumentedPermissionsAreEnough(String deployment) throws Exception {
        // One deployment places tasks on hosts, and one does not.
        boolean hosts = deployment.equals("consumer");
        for (Role role : Role.values()) {
            kafka.permit(user(role), permissions(deployment, role));
            kafka.permit(user(role), hosts ? ofHosts(deployment, role) : List.of());
        }
        assertDone(run(deployment, user(Role.ADMINISTRATOR), create(hosts)));
        assertDone(run(deployment, user(Role.OBSERVER), "topics", "check"));
        try (ServeProcess serve = ServeProcess.start(
                        directory, arguments(deployment, user(Role.SCHEDULER), "--set=fairness=weighted"));
                CommandProcess work = CommandProcess.start(
                        directory,
                        directory.resolve(deployment + ".out"),
                        arguments(deployment, user(Role.EXECUTION_MANAGER), "work", "--sleep=0"))) {
            serve.awaitReady();
            work.awaitOutput("working in");
            assertDone(run(
                    deployment,
                    user(Role.SUBMITTER),
                    "submit",
                    "--job=77",
                    workflow(deployment).toString()));
            assertDone(run(deployment, user(Role.FOLLOWER), "submit", "--follow=77"));
            CommandLineRun pause = run(deployment, user(Role.OPERATOR), "pause", "77");
            assertThat(pause.stdout() + pause.stderr())
                    .as("the scheduler's answer, whether the job has ended or not")
                    .matches("(yardmaster: job 77 has ended|job 77 is paused)\n");
            assertDone(run(deployment, user(Role.AUDITOR), "events"));
            assertDone(run(deployment, user(Role.POLICY_WRITER), "policy", "set", "group/7", "weight=2"));
            assertDone(run(deployment, user(Role.POLICY_READER), "policy", "get"));
            assertDone(run(deployment, user(Role.RECORDER), "replay", "record", recording(deployment)));
            assertThat(work.stop()).isZero();
            assertThat(serve.stop()).isZero();
            assertThat(LogAlarms.in(serve.stderr())).isEmpty();
        }
    }

    private static Path workflow(String name) throws IOException {
        return Files.writeString(
                directory.resolve(name + ".json"),
                """
                {"name": "two", "schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
                  {"id": "a", "name": "a", "parents": []}, {"id": "b", "name": "b", "parents": ["a"]}]}}}
                """);
    }

    private static String recording(String deployment) {
        return directory.resolve(deployment + ".jsonl.gz").toString();
    }

    private static void assertDone(CommandLineRun run) {
        assertThat(run.stderr()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aMissingPermissionIsNamed(Role role) throws Exception {
        String deployment = "lacking-" + user(role).replace('_', '-');
        kafka.permit(user(role), permissions(deployment, role));
        if (role != Role.ADMINISTRATOR) {
            assertDone(run(deployment, SecureKafka.ADMIN, "topics", "create"));
        }
        if (role == Role.HOST) {
            assertDone(run(deployment, SecureKafka.ADMIN, "topics", "create", "--hosts", "--pool=" + POOL));
        }
        if (role == Role.OBSERVER) {
            // Kafka does not tell permissions on a topic that does not exist.
            createChangelog(deployment);
        }
        Path events = Files.writeString(
                directory.resolve("events.csv"), "resource_group_id,job_id,session_id,task_index\n1,900,1,0\n");
        String[] command =
                switch (role) {
                    case SCHEDULER -> new String[] {"serve"};
                    case SILENT_EXECUTION_MANAGER -> new String[] {"work", "--no-outcomes"};
                    case EXECUTION_MANAGER -> new String[] {"work"};
                    case HOST -> new String[] {"work", "--host=h1", "--pool=" + POOL};
                    case PRODUCER -> new String[] {"submit", events.toString()};
                    case SUBMITTER ->
                        new String[] {"submit", workflow(deployment).toString()};
                    case FOLLOWER -> new String[] {"submit", "--follow=7"};
                    case OPERATOR -> new String[] {"pause", "7"};
                    case POLICY_READER -> new String[] {"policy", "get"};
                    case POLICY_WRITER -> new String[] {"policy", "set", "group/7", "weight=2"};
                    case AUDITOR -> new String[] {"events"};
                    case RECORDER -> new String[] {"replay", "record", recording(deployment)};
                    case OBSERVER -> new String[] {"topics", "check"};
                    case ADMINISTRATOR -> new String[] {"topics", "create"};
                };
        List<Permission> needed = new ArrayList<>(permissions(deployment, role));
        if (role == Role.ADMINISTRATOR) {
            // The administrator needs the observer's permissions only on topics that exist.
            needed.removeAll(permissions(deployment, Role.OBSERVER));
        }
        for (Permission permission : needed) {
            kafka.forbid(user(role), List.of(permission));
            CommandLineRun run = run(deployment, user(role), command);
            assertThat(run.stderr())
                    .isEqualTo("yardmaster: not permitted to User:%s: %s (%s)\n"
                            .formatted(
                                    user(role),
                                    permission,
                                    kafka.clientSettings(user(role)).get("bootstrap.servers")));
            assertThat(run.exitCode()).isEqualTo(1);
            kafka.permit(user(role), List.of(permission));
        }
    }

    @Test
    void aPermissionThatIsMissingOnTheTopicsOfHostsIsNamed() throws Exception {
        String deployment = "lacking-hosts";
        String user = user(Role.SCHEDULER);
        kafka.permit(user, permissions(deployment, Role.SCHEDULER));
        assertDone(run(deployment, SecureKafka.ADMIN, create(true)));
        List<Permission> more = new ArrayList<>(ofHosts(deployment, Role.SCHEDULER));
        // Kafka does not tell permissions on a topic that does not exist, but for the one to make it.
        more.removeIf(
                permission -> permission.name().endsWith("changelog") && permission.operation() != AclOperation.CREATE);
        kafka.permit(user, ofHosts(deployment, Role.SCHEDULER));
        for (Permission permission : more) {
            kafka.forbid(user, List.of(permission));
            CommandLineRun run = run(deployment, user, "serve");
            assertThat(run.stderr())
                    .startsWith("yardmaster: not permitted to User:%s: %s (".formatted(user, permission));
            assertThat(run.exitCode()).isEqualTo(1);
            kafka.permit(user, List.of(permission));
        }
    }

    private static void createChangelog(String deployment) throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(kafka.clientSettings(SecureKafka.ADMIN)))) {
            TestTopics.create(
                    admin,
                    List.of(new NewTopic(deployment + "-scheduler-state-changelog", 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact"))));
        }
    }

    @Test
    void anExecutionManagerThatMayNotConfigureItsShareGroupNamesThePermissionAndTheCommandForIt() throws Exception {
        String deployment = "share-lacking";
        String user = user(Role.EXECUTION_MANAGER);
        List<Permission> permitted = new ArrayList<>(permissions(deployment, Role.EXECUTION_MANAGER));
        assertThat(permitted.removeIf(permission -> permission.operation() == AclOperation.ALTER_CONFIGS))
                .isTrue();
        kafka.permit(user, permitted);
        assertDone(run(deployment, SecureKafka.ADMIN, "topics", "create"));

        CommandLineRun run = run(deployment, user, "work");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr())
                .hasLineCount(1)
                .startsWith("yardmaster: ")
                .contains("not permitted: ALTER_CONFIGS on group share-lacking-fleet")
                .contains("kafka-configs.sh --alter --entity-type groups --entity-name share-lacking-fleet");
    }

    /** These brokers have Kafka's default. */
    @Test
    void brokersWhosePrefixExcludesTheDeadLetterTopicAreReported() throws Exception {
        String deployment = "share-name";
        assertDone(run(deployment, SecureKafka.ADMIN, "topics", "create"));
        CommandLineRun check = run(deployment, SecureKafka.ADMIN, "topics", "check");
        assertThat(check.stderr())
                .isEqualTo(
                        "yardmaster: assignments that a share group gives up would be lost: the brokers put them only into"
                                + " topics called dlq.* (errors.deadletterqueue.topic.name.prefix), and topic.dead-letter is"
                                + " share-name.dead-letter. Change the one or the other\n");
        assertThat(check.exitCode()).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsOneLine() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(arguments("wrong", user(Role.SCHEDULER), "topics", "check")));
        arguments.removeIf(argument -> argument.contains("jaas"));
        arguments.add("--set=kafka.sasl.jaas.config="
                + kafka.clientSettings(user(Role.SCHEDULER))
                        .get("sasl.jaas.config")
                        .replace("password=\"", "password=\"not-"));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr())
                .hasLineCount(1)
                .contains("Authentication failed")
                .doesNotContain(SecureKafka.SECRET);
    }
}
