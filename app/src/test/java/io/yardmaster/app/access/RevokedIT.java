package io.yardmaster.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.http.Http;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.testkafka.TopicRereader;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Permissions are taken away from a scheduler that runs, and given back. */
class RevokedIT {
    private static final String USER = "scheduler";
    private static final String NAME = "revoked";
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    private static SecureKafka kafka;
    private static HttpService registry;
    private static TopicRereader<Long, byte[]> reader;

    private final List<Long> sent = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        kafka = SecureKafka.start(directory, List.of(USER));
        registry = HttpService.start(new HostPort("127.0.0.1", 0));
        registry.mount(
                "registry",
                RegistryApi.router(EmbeddedRegistry.open(directory.resolve("schemas.json"))),
                RegistryApi.CONTENT_TYPE);
        reader = new TopicRereader<>(
                kafka.clientSettings(SecureKafka.ADMIN), new LongDeserializer(), new ByteArrayDeserializer());
    }

    @AfterAll
    static void stop() {
        reader.close();
        registry.close();
        kafka.close();
    }

    private static Map<String, String> settings(String user) {
        Map<String, String> settings = new HashMap<>();
        kafka.clientSettings(user).forEach((key, value) -> settings.put("kafka." + key, value));
        settings.put("kafka.application.id", NAME);
        settings.put("topic.prefix", NAME + ".");
        settings.put("schema.registry.url", registry.url() + "/registry");
        settings.put("http.listen", "127.0.0.1:0");
        settings.put("state.dir", directory.resolve("state").toString());
        return settings;
    }

    private static String[] arguments(String user, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        settings(user).forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
        return arguments.toArray(String[]::new);
    }

    @Test
    void itNamesTheRevokedPermissionAndLosesNothing() throws Exception {
        kafka.permit(USER, needed());
        assertThat(CommandLineRun.of(arguments(SecureKafka.ADMIN, "topics", "create"))
                        .exitCode())
                .isZero();
        submit();
        endsWithout("READ on topic revoked.ready");
        endsWithout("WRITE on topic revoked.dispatch");
        pausesWithoutItsViewOfTheFleet();
        assertThat(dispatched()).containsExactlyInAnyOrderElementsOf(sent);
    }

    private static List<Permission> needed() {
        return Role.SCHEDULER.permissions(SchedulerConfig.from(settings(USER)));
    }

    private void endsWithout(String permission) throws Exception {
        List<Permission> revoked = needed().stream()
                .filter(needed -> needed.toString().equals(permission))
                .toList();
        try (ServeProcess serve = ServeProcess.start(directory, arguments(USER))) {
            serve.awaitReady();
            awaitDispatched();
            kafka.forbid(USER, revoked);
            submit();
            assertThat(serve.awaitExit()).isEqualTo(1);
            assertThat(serve.stderr().lines()).noneMatch(line -> line.startsWith("\tat "));
            assertThat(serve.stderr().lines().filter(line -> line.startsWith("yardmaster: ")))
                    .as("without %s", permission)
                    .containsExactly("yardmaster: not permitted to User:%s: %s (%s)"
                            .formatted(
                                    USER, permission, kafka.clientSettings(USER).get("bootstrap.servers")));
        }
        kafka.permit(USER, revoked);
    }

    private void pausesWithoutItsViewOfTheFleet() throws Exception {
        List<Permission> view = needed().stream()
                .filter(permission -> permission.toString().equals("READ on group yardmaster-ems"))
                .toList();
        try (ServeProcess serve = ServeProcess.start(directory, arguments(USER))) {
            Http health = new Http(serve.awaitReady().http());
            awaitDispatched();
            kafka.forbid(USER, view);
            await().atMost(LONG).until(() -> health.get("/health/ready").status() == 503);
            submit();
            assertThat(serve.stderr().lines().filter(line -> line.contains("group yardmaster-ems")))
                    .hasSize(1);
            kafka.permit(USER, view);
            awaitDispatched();
            await().atMost(LONG).until(() -> health.get("/health/ready").status() == 200);
            assertThat(serve.stop()).isZero();
        }
    }

    private void submit() throws IOException {
        StringBuilder events = new StringBuilder("resource_group_id,job_id,session_id,task_index\n");
        for (int i = 0; i < 3; i++) {
            long job = sent.size();
            events.append("1,").append(job).append(",1,0\n");
            sent.add(job);
        }
        Path file = Files.writeString(directory.resolve("events.csv"), events);
        assertThat(CommandLineRun.of(arguments(SecureKafka.ADMIN, "submit", file.toString()))
                        .exitCode())
                .isZero();
    }

    private void awaitDispatched() {
        await().atMost(LONG).until(() -> dispatched().size() >= sent.size());
    }

    /** The jobs whose only task was dispatched, each once per assignment. */
    private static List<Long> dispatched() {
        return reader.records(NAME + ".dispatch").stream()
                .map(ConsumerRecord::key)
                .toList();
    }
}
