package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.app.http.Http;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.log.LogAlarms;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.embedded.connect.FreePort;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeIT {
    private static final String ANY_HTTP_PORT = "--set=http.listen=127.0.0.1:0";

    @TempDir
    Path temp;

    /** Kafka writes numbers and capitals by the machine's language. */
    @ParameterizedTest
    @CsvSource({"en, US", "fa, IR", "tr, TR"})
    void embeddedServesKafkaRegistryAndHealthUntilItIsTerminated(String language, String country) throws Exception {
        List<String> locale = List.of("-Duser.language=" + language, "-Duser.country=" + country);
        try (var serve = ServeProcess.start(
                temp,
                locale,
                "--embedded",
                "--data",
                "data",
                "--port",
                "0",
                ANY_HTTP_PORT,
                "--set=http.hosts=yard.example.com",
                "--set=http.advertised=127.0.0.1:0")) {
            var ready = serve.awaitReady();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", ready.kafka()))) {
                assertThat(admin.listTopics().names().get())
                        .contains(
                                "yardmaster.ready",
                                "yardmaster.commit",
                                "yardmaster.cleanup",
                                "yardmaster.dispatch",
                                "yardmaster.dead-letter",
                                "yardmaster.sessions");
            }
            assertThat(new Http(ready.registry()).get("/subjects").status()).isEqualTo(200);
            assertThat(new Http(ready.http()).get("/health/live").status()).isEqualTo(200);
            assertThat(statusBehindProxy(ready.http(), "yard.example.com")).isEqualTo(200);
            assertThat(statusBehindProxy(ready.http(), "evil.example")).isEqualTo(421);
            assertThat(serve.stop()).isZero();
            assertThat(serve.stdout()).hasLineCount(1);
            assertThat(LogAlarms.in(serve.stderr())).isEmpty();
        }
    }

    /** Asks as a proxy does that keeps the host name. */
    private static int statusBehindProxy(String http, String name) throws IOException {
        URI at = URI.create(http);
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.getOutputStream()
                    .write(("HEAD /metrics HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    @Test
    void aSchedulerThatIsStartedBeforeItsKafkaAndItsRegistryWaitsForThem() throws Exception {
        int kafkaPort = FreePort.find();
        int registryPort = FreePort.find();
        String[] where = {
            "--set=kafka.bootstrap.servers=127.0.0.1:" + kafkaPort,
            "--set=schema.registry.url=http://127.0.0.1:" + registryPort + "/registry",
            // Short, to find out soon that nobody answers.
            "--set=kafka.default.api.timeout.ms=2000",
            "--set=kafka.request.timeout.ms=1000",
            "--set=state.dir=state",
            ANY_HTTP_PORT
        };
        try (var waiting = ServeProcess.start(temp, where)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> waiting.stderr()
                    .contains("not started yet, and trying again: Kafka does not answer at 127.0.0.1:" + kafkaPort));
            try (var kafka = EmbeddedKafka.start(temp.resolve("kafka"), kafkaPort)) {
                assertThat(CommandLineRun.of("topics", "create", where[0]).exitCode())
                        .isZero();
                await().atMost(Duration.ofSeconds(60)).until(() -> waiting.stderr()
                        .contains("not started yet, and trying again:"
                                + " the scheduler cannot start: schema registry gave no answer"));
                HttpService registry = HttpService.start(new HostPort("127.0.0.1", registryPort));
                try {
                    registry.mount(
                            "registry",
                            RegistryApi.router(EmbeddedRegistry.open(temp.resolve("schemas.json"))),
                            RegistryApi.CONTENT_TYPE);
                    assertThat(waiting.awaitReady().kafka()).isEqualTo(kafka.bootstrapServers());
                    assertThat(waiting.stop()).isZero();
                } finally {
                    registry.close();
                }
            }
        }
    }

    @Test
    void aTemporaryDirectoryThatIsNotThereIsOneLineWithTheWayOut() {
        String expected = "yardmaster: temporary directory /no/such is not there: name another one with"
                + " YARDMASTER_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY or ROCKSDB_SHAREDLIB_DIR";
        assertFails(1, List.of("-Djava.io.tmpdir=/no/such"), expected, "--embedded", "--data", "data", ANY_HTTP_PORT);
        assertThat(temp.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"'noexec,size=64m', may hold no programs", "'size=1m', cannot take a library of RocksDB's"})
    void aTemporaryDirectoryThatWillNotDoIsOneLineWithTheWayOut(String options, String why) throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString())
                                .start()
                                .waitFor()
                        == 0,
                "this user may not mount a file system");
        try {
            String expected = "yardmaster: temporary directory " + disk + " " + why;
            assertFails(
                    1, List.of("-Djava.io.tmpdir=" + disk), expected, "--embedded", "--data", "data", ANY_HTTP_PORT);
            assertThat(temp.resolve("data")).doesNotExist();
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    @Test
    void aPortInUseIsOneLineAndNothingIsCreated() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertFails(
                    1,
                    "yardmaster: port " + port + ": ",
                    "--embedded",
                    "--data",
                    "data",
                    "--port",
                    port,
                    ANY_HTTP_PORT);
            assertFails(
                    1,
                    "yardmaster: http.listen=127.0.0.1:" + port + ": ",
                    "--embedded",
                    "--data",
                    "data",
                    "--port",
                    "0",
                    "--set=http.listen=127.0.0.1:" + port);
        }
        assertThat(temp.resolve("data")).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheDataDirectoryIsOneLineAndNothingIsCreated() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "text");
        assertFails(
                1,
                "yardmaster: data directory file/kafka: ",
                "--embedded",
                "--data",
                "file",
                "--port",
                "0",
                ANY_HTTP_PORT);
        assertThat(file).hasContent("text");
    }

    @Test
    void aWrongSettingIsOneLineAndNothingIsCreated() {
        assertFails(
                2,
                "yardmaster: active.jobs=0: must be a whole number from 1 to 1000000 (--set)",
                "--embedded",
                "--set",
                "active.jobs=0");
        assertFails(
                2,
                "yardmaster: kafka.bootstrap.servers must not be set with --embedded",
                "--embedded",
                "--set",
                "kafka.bootstrap.servers=x");
        assertThat(temp.resolve("yardmaster-data")).doesNotExist();
    }

    private void assertFails(int exitCode, String line, String... arguments) {
        assertFails(exitCode, List.of(), line, arguments);
    }

    private void assertFails(int exitCode, List<String> jvmOptions, String line, String... arguments) {
        try (var serve = ServeProcess.start(temp, jvmOptions, arguments)) {
            assertThat(serve.awaitExit()).isEqualTo(exitCode);
            assertThat(serve.stderr()).startsWith(line).hasLineCount(1);
            assertThat(serve.stdout()).isEmpty();
        }
    }
}
