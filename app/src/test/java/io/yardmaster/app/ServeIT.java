package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.http.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeIT {
    private static final String ANY_HTTP_PORT = "--set=http.listen=127.0.0.1:0";

    @TempDir
    Path temp;

    @Test
    void embeddedServesKafkaRegistryAndHealthUntilItIsTerminated() throws Exception {
        try (var serve = ServeProcess.start(
                temp,
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
            assertThat(serve.stderr()).doesNotContain(" WARN ", " ERROR ", "\tat ");
        }
    }

    /** As a proxy asks that keeps the name. */
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
        try (var serve = ServeProcess.start(temp, arguments)) {
            assertThat(serve.awaitExit()).isEqualTo(exitCode);
            assertThat(serve.stderr()).startsWith(line).hasLineCount(1);
            assertThat(serve.stdout()).isEmpty();
        }
    }
}
