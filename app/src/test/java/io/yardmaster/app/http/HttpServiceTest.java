package io.yardmaster.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.yardmaster.topology.config.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                                "{arg}",
                                (request, args) -> Reply.ok(Map.of(
                                        "arg",
                                        args.get("arg"),
                                        "q",
                                        request.query().get("q"),
                                        "body",
                                        request.body()))),
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

    /** Clients such as the JDK's read the answer when all is sent, although it was there long before. */
    @Test
    void clientsThatSendOnAfterTheirAnswerGetIt() throws IOException {
        service.mount("echo", new Router().onQuestion("", (request, args) -> Reply.ok(1)), "application/json");
        int tooLarge = 4 * HttpService.MAX_BODY_BYTES;
        assertThat(sentAfterTheAnswer("/echo", "localhost", "Content-Length: " + tooLarge, tooLarge))
                .startsWith("HTTP/1.1 413 ")
                .contains("the request's body is larger than 1048576 bytes");
        assertThat(sentAfterTheAnswer("/nowhere", "localhost", "Content-Length: " + tooLarge, tooLarge))
                .startsWith("HTTP/1.1 404 ");
        assertThat(sentAfterTheAnswer("/echo", "evil.example", "Content-Length: " + tooLarge, tooLarge))
                .startsWith("HTTP/1.1 421 ");
        assertThat(sentAfterTheAnswer("/echo", "localhost", "Transfer-Encoding: chunked", tooLarge))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aClientThatAsksBeforeItSendsATooLargeBodyNeedNotSendIt() throws IOException {
        service.mount("echo", new Router().onQuestion("", (request, args) -> Reply.ok(1)), "application/json");
        int tooLarge = 4 * HttpService.MAX_BODY_BYTES;
        assertThat(new RawHttp(service)
                        .send("POST", "/echo", "Content-Length: " + tooLarge, "Expect: 100-continue")
                        .text())
                .startsWith("HTTP/1.1 413 ")
                .doesNotContain("100 Continue");
    }

    @Test
    void aClientThatNeverEndsIsCutOffAfterItsAnswer() {
        long endless = 2 * BodyLimit.MAX_REST_BYTES;
        assertThatThrownBy(() -> sentAfterTheAnswer("/nowhere", "localhost", "Content-Length: " + endless, endless))
                .isInstanceOf(IOException.class);
    }

    /** Returns the answer to a client that sends its body only when the answer is there, and reads it when all is sent. */
    private String sentAfterTheAnswer(String path, String host, String framing, long bytes) throws IOException {
        try (Socket socket = new RawHttp(service)
                .open("POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n\r\n"
                        .formatted(path, host, framing))) {
            boolean chunked = framing.endsWith("chunked");
            byte[] piece = ((chunked ? "10000\r\n" : "") + "x".repeat(1 << 16) + (chunked ? "\r\n" : ""))
                    .getBytes(StandardCharsets.US_ASCII);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            long sent = 0;
            for (; sent <= HttpService.MAX_BODY_BYTES; sent += 1 << 16) {
                out.write(piece);
            }
            await().until(() -> in.available() > 0);
            for (; sent < bytes; sent += 1 << 16) {
                out.write(piece);
            }
            if (chunked) {
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
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
    void slowBodiesTakeNoThread() throws IOException {
        service.mount("echo", new Router().onTrusted("POST", "", (request, args) -> Reply.ok(1)), "application/json");
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
            socket.getOutputStream()
                    .write("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"
                            .getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        assertThat(http.post("/echo", "x").status()).isEqualTo(200);
        slow.get(0).getOutputStream().write("second".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[12];
        assertThat(slow.get(0).getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
        assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void bodyThatComesByteByByteIsGivenUp() throws IOException {
        try (HttpService impatient =
                HttpService.start(new HostPort("127.0.0.1", 0), Set.of(), Duration.ofMillis(500))) {
            impatient.mount(
                    "echo", new Router().onTrusted("POST", "", (request, args) -> Reply.ok(1)), "application/json");
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), impatient.port());
            OutputStream out = socket.getOutputStream();
            out.write("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            await().atMost(Duration.ofSeconds(30)).until(() -> hasEnded(out, in));
            socket.close();
        }
    }

    private static boolean hasEnded(OutputStream out, InputStream in) {
        try {
            out.write('x');
            return in.available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void filesAreServedWithTheirTypesAndNotSentAgainWhileTheyAreTheSame() throws Exception {
        service.mount("", new Assets(getClass().getClassLoader(), "io/yardmaster/app/http/assets"));
        HttpResponse<String> page = file("/", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>for tests</title>");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        assertThat(file("/index.html", tag).statusCode()).isEqualTo(304);
        for (String path :
                List.of("/other.html", "/..%2findex.html", "/%2e%2e/index.html", "/index.html/", "/assets")) {
            assertThat(file(path, "").statusCode()).as(path).isIn(400, 404);
        }
        assertThat(http.post("/index.html", "x").status()).isEqualTo(405);
    }

    private HttpResponse<String> file(String path, String tag) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("If-None-Match", tag)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void namesOfOtherSitesThatLeadHereAreRefused() throws IOException {
        service.mount("echo", new Router().on("GET", "", (request, args) -> Reply.ok(1)), "application/json");
        for (String name : List.of("localhost", "127.0.0.1:80", "[::1]:7070", "x.localhost")) {
            assertThat(status(name)).as(name).isEqualTo("200");
        }
        for (String name : List.of("evil.example", "localhost.evil.example:7070", "127.0.0.1.evil.example")) {
            assertThat(status(name)).as(name).isEqualTo("421");
        }
    }

    private String status(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream()
                    .write(("GET /echo HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.split(" ", 3)[1];
        }
    }

    @Test
    void whoFollowsEventsIsHungUpOnWhenTheServerStops() throws IOException {
        EventStream events = new EventStream(() -> EventStream.event("greeting", "{}"));
        service.mount("events", events);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = lines.readLine();
            while (!line.equals("event: greeting")) {
                line = lines.readLine();
            }
            assertThat(events.hasFollowers()).isTrue();
            service.close();
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                while (lines.readLine() != null) {
                    // Until it ends.
                }
            });
        }
        assertThat(events.hasFollowers()).isFalse();
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
