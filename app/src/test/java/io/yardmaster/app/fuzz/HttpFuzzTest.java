package io.yardmaster.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.http.Health;
import io.yardmaster.app.http.Http;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.app.registry.SchemaRegistry;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests, well-formed or not, are answered or hung up on; none is an internal error. */
@Timeout(180)
class HttpFuzzTest {
    private static final int REQUESTS = 6_000;
    private static final String SCHEMA =
            "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"r\\\",\\\"fields\\\":[{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"int\\\"}]}";
    private static final List<String> GOOD = List.of(
            request("GET", "/health/live", ""),
            request("GET", "/", ""),
            request("GET", "/registry/subjects?deleted=true", ""),
            request("GET", "/registry/schemas/ids/1", ""),
            request("POST", "/registry/subjects/s/versions", "{\"schema\":\"" + SCHEMA + "\"}"),
            request("POST", "/registry/subjects/s", "{\"schema\":\"" + SCHEMA + "\"}"),
            request("POST", "/registry/compatibility/subjects/s/versions/latest", "{\"schema\":\"" + SCHEMA + "\"}"),
            request("PUT", "/registry/config/s", "{\"compatibility\":\"FULL\"}"),
            request("DELETE", "/registry/subjects/s/versions/1?permanent=true", ""));
    private static final List<String> WORDS = List.of(
            "GET",
            "POST",
            "PUT",
            "HTTP/1.1",
            "HTTP/9.9",
            "\r\n",
            "\r\n\r\n",
            "Content-Length: ",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999\r\n",
            "Transfer-Encoding: chunked\r\n",
            "X: y\r\n",
            "/registry",
            "/health",
            "//",
            "?",
            "&",
            "%2F",
            "%",
            "http://other/",
            "Host: a\r\n",
            "Expect: 100-continue\r\n",
            "\\\"array\\\"",
            "\\\"items\\\":",
            "\\\"record\\\"",
            "\\\"r\\\"",
            "[",
            "{",
            "null",
            "\\\"default\\\":1,",
            "\\\"int\\\"");

    @TempDir
    Path directory;

    @Test
    void requests() throws IOException {
        TextMutations mutations = new TextMutations(FuzzSeed.of("HTTP"), WORDS);
        try (HttpService service = HttpService.start(new HostPort("127.0.0.1", 0))) {
            service.mount(
                    "registry",
                    RegistryApi.router(SchemaRegistry.open(directory.resolve("schemas.json"))),
                    RegistryApi.CONTENT_TYPE);
            service.mount("health", Health.router(new Fine()), "application/json");
            int answered = 0;
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = mutations.of(GOOD);
                String answer = answer(service.port(), request);
                assertThat(answer)
                        .as("to %s", new String(request, StandardCharsets.UTF_8))
                        .doesNotContain("internal error");
                answered += answer.startsWith("HTTP/1.1 2") || answer.startsWith("HTTP/1.1 4") ? 1 : 0;
                if (i % 500 == 0) {
                    assertStillThere(service);
                }
            }
            assertThat(answered).isGreaterThan(REQUESTS / 2);
            assertStillThere(service);
            // Whatever was registered can be read by another start.
            SchemaRegistry.open(directory.resolve("schemas.json"));
        }
    }

    @Test
    void endlessHeadersAndPathsAreRefused() throws IOException {
        try (HttpService service = HttpService.start(new HostPort("127.0.0.1", 0))) {
            service.mount("health", Health.router(new Fine()), "application/json");
            answer(service.port(), bytes("GET /" + "x".repeat(10 << 20) + " HTTP/1.1\r\n\r\n"));
            answer(service.port(), bytes("GET / HTTP/1.1\r\nX: " + "x".repeat(10 << 20) + "\r\n\r\n"));
            answer(service.port(), bytes("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(1 << 20) + "\r\n"));
            answer(service.port(), bytes("x".repeat(10 << 20)));
            assertStillThere(service);
        }
    }

    private static void assertStillThere(HttpService service) {
        assertThat(new Http(service.url()).get("/health/live").status()).isEqualTo(200);
    }

    /** All that comes back before the server hangs up. */
    private static String answer(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (SocketException e) {
                return "";
            }
        }
    }

    private static String request(String method, String path, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private record Fine() implements Health {
        @Override
        public boolean live() {
            return true;
        }

        @Override
        public boolean ready() {
            return true;
        }
    }
}
