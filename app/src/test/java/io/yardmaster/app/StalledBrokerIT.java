package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP port of {@code serve} as probes and proxies use it, also while its broker is stopped. */
class StalledBrokerIT {
    private static final int PATIENCE_MS = 30_000;
    private static final Duration LONG = Duration.ofSeconds(90);

    /** More than are answered at once and may wait together. */
    private static final int REQUESTS = 150;

    /** Every kind of handler that {@code serve} mounts. */
    private static final List<String> PATHS = List.of(
            "/",
            "/js/main.js",
            "/health/live",
            "/health/ready",
            "/metrics",
            "/api/overview",
            "/api/jobs",
            "/api/dead-letters",
            "/api/instances",
            "/api/lanes",
            "/api/policy",
            "/api/limits",
            "/api/hosts",
            "/api/openapi.json",
            "/api/openapi.yaml",
            "/internal/snapshot",
            "/registry/subjects",
            "/registry/config");

    @TempDir
    Path temp;

    private URI http;

    private record Answer(int status, List<String> headers, String body) {
        static Answer parse(String text) {
            int end = text.indexOf("\r\n\r\n");
            List<String> head = text.substring(0, end).lines().toList();
            return new Answer(
                    Integer.parseInt(head.get(0).split(" ", 3)[1]),
                    head.subList(1, head.size()),
                    text.substring(end + 4));
        }

        /** Returns the headers that do not change with time, as the length of some answers does. */
        List<String> lastingHeaders() {
            return headers.stream()
                    .map(header -> header.toLowerCase(Locale.ROOT))
                    .filter(header -> !header.startsWith("content-length:") && !header.startsWith("date:"))
                    .sorted()
                    .toList();
        }
    }

    private Socket open(String method, String path) throws IOException {
        Socket socket = new Socket(http.getHost(), http.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        socket.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Answer ask(String method, String path) throws IOException {
        try (Socket socket = open(method, path)) {
            return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void headIsAnsweredEverywhereAndHealthAlsoWhileTheBrokerIsStopped() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no /bin/kill to stop a process with");
        try (var broker = ServeProcess.start(
                temp, "--embedded", "--data", "data", "--port", "0", "--set=http.listen=127.0.0.1:0")) {
            var brought = broker.awaitReady();
            http = URI.create(brought.http());
            assertHeadIsAnsweredLikeGet();
            try (var serve = ServeProcess.start(
                    temp,
                    "--set=kafka.bootstrap.servers=" + brought.kafka(),
                    "--set=schema.registry.url=" + brought.registry(),
                    "--set=kafka.application.id=another",
                    "--set=http.listen=127.0.0.1:0",
                    "--set=state.dir=state")) {
                http = URI.create(serve.awaitReady().http());
                signal("STOP", broker.pid());
                try {
                    assertHealthIsAnsweredWhileOthersWait();
                } finally {
                    signal("CONT", broker.pid());
                }
                await().atMost(LONG)
                        .untilAsserted(() ->
                                assertThat(ask("GET", "/health/ready").status()).isEqualTo(200));
            }
        }
    }

    private void assertHeadIsAnsweredLikeGet() throws IOException {
        for (String path : PATHS) {
            // Once, a shard may take too long to say what it has.
            await().atMost(LONG).untilAsserted(() -> {
                Answer get = ask("GET", path);
                Answer head = ask("HEAD", path);
                assertThat(get.status()).as(path).isEqualTo(200);
                assertThat(head.status()).as(path).isEqualTo(200);
                assertThat(head.lastingHeaders()).as(path).isEqualTo(get.lastingHeaders());
                assertThat(head.body()).as(path).isEmpty();
            });
        }
        assertThat(ask("HEAD", "/api/events").status()).isEqualTo(200);
        assertThat(ask("HEAD", "/nowhere").status()).isEqualTo(404);
    }

    private void assertHealthIsAnsweredWhileOthersWait() throws IOException {
        List<Socket> others = new ArrayList<>();
        try {
            for (int i = 0; i < REQUESTS; i++) {
                others.add(open("GET", i % 2 == 0 ? "/api/overview" : "/api/jobs/1"));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(ask("GET", "/health/live").status()).isEqualTo(200);
                assertThat(ask("HEAD", "/health/live").status()).isEqualTo(200);
                assertThat(ask("GET", "/health/ready").status()).isIn(200, 503);
                assertThat(ask("HEAD", "/health/ready").status()).isIn(200, 503);
            }
        } finally {
            for (Socket socket : others) {
                socket.close();
            }
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
