package io.yardmaster.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServiceTest {
    private final HttpService service = HttpService.start(new HostPort("127.0.0.1", 0));
    private final Http http = new Http(service.url());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void pathsAndQueriesAreDecoded() {
        service.mount(
                "echo",
                new Router()
                        .onQuestion(
                                "{}",
                                (request, args) -> Reply.ok(Map.of(
                                        "arg", args.get(0), "q", request.query().get("q"), "body", request.body()))),
                "application/json");
        var answer = http.post("/echo/a%2Fb+c%20d?q=x+y%26", "ü");
        assertThat(answer.json().path("arg").asText()).isEqualTo("a/b+c d");
        assertThat(answer.json().path("q").asText()).isEqualTo("x y&");
        assertThat(answer.json().path("body").asText()).isEqualTo("ü");
    }

    @Test
    void whatIsNotThereIsAnsweredAsJson() {
        service.mount("echo", new Router().on("GET", "x", (request, args) -> Reply.ok(1)), "application/json");
        assertThat(http.get("/nowhere").status()).isEqualTo(404);
        assertThat(http.get("/nowhere").errorCode()).isEqualTo(404);
        assertThat(http.get("/echo/y").status()).isEqualTo(404);
        assertThat(http.get("/echox").status()).isEqualTo(404);
        assertThat(http.delete("/echo/x").status()).isEqualTo(405);
        assertThat(http.get("/echo/x").json().asInt()).isEqualTo(1);
    }

    @Test
    void noRouteChangesAnythingUnlessItIsForProgramsOnThisMachine() {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            assertThatThrownBy(() -> new Router().on(method, "x", (request, args) -> Reply.ok(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(method + " x");
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        service.mount("echo", new Router().onQuestion("", (request, args) -> Reply.ok(1)), "application/json");
        assertThat(http.post("/echo", "x".repeat(HttpService.MAX_BODY_BYTES)).status())
                .isEqualTo(200);
        assertThat(http.post("/echo", "x".repeat(HttpService.MAX_BODY_BYTES + 1))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void healthIs200Or503() {
        var ready = new AtomicBoolean();
        service.mount(
                "health",
                Health.router(new Health() {
                    @Override
                    public boolean live() {
                        return true;
                    }

                    @Override
                    public boolean ready() {
                        return ready.get();
                    }
                }),
                "application/json");
        assertThat(http.get("/health/live").status()).isEqualTo(200);
        assertThat(http.get("/health/ready").status()).isEqualTo(503);
        ready.set(true);
        assertThat(http.get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void clientsThatStopInTheMiddleDoNotHoldUpOthersForEver() throws IOException {
        service.mount("echo", new Router().on("GET", "", (request, args) -> Reply.ok(1)), "application/json");
        List<Socket> stuck = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
            String begun = i % 2 == 0 ? "GET /echo HT" : "POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf";
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            stuck.add(socket);
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(http.get("/echo").status()).isEqualTo(200));
        for (Socket socket : stuck) {
            socket.close();
        }
    }

    @Test
    void anAddressInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new HostPort("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> HttpService.start(address))
                    .isInstanceOf(HttpListenException.class)
                    .hasMessage("http.listen=" + address + ": Address already in use");
        }
    }
}
