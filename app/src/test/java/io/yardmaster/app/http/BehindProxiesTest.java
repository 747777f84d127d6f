package io.yardmaster.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.config.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of probes, and of proxies before the port. */
class BehindProxiesTest {
    private static final HostPort LOOPBACK = new HostPort("127.0.0.1", 0);

    private final HttpService service =
            HttpService.start(LOOPBACK, Set.of("yard.example.com", "10.1.2.3", "127.0.0.1"));
    private final RawHttp http = new RawHttp(service);

    BehindProxiesTest() {
        service.mount(
                "things",
                new Router()
                        .on("GET", "", (request, args) -> Reply.ok("many"))
                        .onQuestion("", (request, args) -> Reply.ok(2))
                        .on("GET", "{thing}", (request, args) -> Reply.ok(args.get("thing")))
                        .onTrusted("PUT", "{thing}", (request, args) -> Reply.ok("changed"))
                        .onTrusted("DELETE", "{thing}", (request, args) -> Reply.ok("gone")),
                "application/json");
        service.mount("events", new EventStream(() -> EventStream.event("greeting", "{}")));
        service.mount("", new Assets(getClass().getClassLoader(), "io/yardmaster/app/http/assets"));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void headIsAnsweredWhereverGetIsWithoutABody() throws IOException {
        for (String path : List.of("/things", "/things/x", "/index.html")) {
            RawHttp.Answer get = http.send("GET", path);
            RawHttp.Answer head = http.send("HEAD", path);
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.body()).as(path).isEmpty();
            assertThat(head.header("Content-Length")).as(path).isEqualTo(get.header("Content-Length"));
            assertThat(head.header("Content-Type")).as(path).isEqualTo(get.header("Content-Type"));
        }
        RawHttp.Answer events = http.send("HEAD", "/events");
        assertThat(events.status()).isEqualTo(200);
        assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(events.body()).isEmpty();
        assertThat(http.send("HEAD", "/things/x/y").status()).isEqualTo(404);
    }

    @Test
    void aMethodThatIsNotAllowedIsAnsweredWithThoseThatAre() throws IOException {
        assertThat(notAllowed("PUT", "/things")).isEqualTo("GET, HEAD, POST");
        assertThat(notAllowed("POST", "/things/x")).isEqualTo("GET, HEAD, PUT, DELETE");
        assertThat(notAllowed("OPTIONS", "/things/x")).isEqualTo("GET, HEAD, PUT, DELETE");
        assertThat(notAllowed("POST", "/events")).isEqualTo("GET, HEAD");
        assertThat(notAllowed("DELETE", "/index.html")).isEqualTo("GET, HEAD");
    }

    private String notAllowed(String method, String path) throws IOException {
        RawHttp.Answer answer = http.send(method, path);
        assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
        return answer.header("Allow");
    }

    @Test
    void aProxyIsAskedNotToHoldEventsBack() throws IOException {
        try (Socket socket = http.open("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            List<String> head = new ArrayList<>();
            for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                head.add(line);
            }
            assertThat(head).contains("X-Accel-Buffering: no", "Cache-Control: no-store, no-transform");
        }
    }

    @Test
    void aNameThatWasAllowedLeadsHereAndOthersDoNot() throws IOException {
        for (String name : List.of("yard.example.com", "YARD.example.com:443", "yard.example.com.", "10.1.2.3:80")) {
            assertThat(from(name, "GET", "")).as(name).isEqualTo(200);
        }
        for (String name : List.of("evil.example", "x.yard.example.com", "yard.example.com.evil.example", "10.1.2.4")) {
            RawHttp.Answer answer = http.send("GET /things HTTP/1.1\r\nHost: " + name + "\r\n");
            assertThat(answer.status()).as(name).isEqualTo(421);
            assertThat(answer.body()).contains("http.hosts");
        }
    }

    @Test
    void whereNamesAreGivenTheyHoldForAnAddressThatOthersReachToo() throws IOException {
        try (HttpService everywhere = HttpService.start(new HostPort("0.0.0.0", 0), Set.of("yard.example.com"));
                HttpService open = HttpService.start(new HostPort("0.0.0.0", 0))) {
            for (String name : List.of("yard.example.com", "localhost", "10.0.0.9:7070", "[2001:db8::1]:7070")) {
                assertThat(statusAt(everywhere, name)).as(name).isEqualTo(404);
            }
            assertThat(statusAt(everywhere, "evil.example")).isEqualTo(421);
            assertThat(statusAt(open, "any.example"))
                    .as("nothing was said of names")
                    .isEqualTo(404);
        }
    }

    private static int statusAt(HttpService at, String name) throws IOException {
        return new RawHttp(at).send("GET /x HTTP/1.1\r\nHost: " + name + "\r\n").status();
    }

    @Test
    void aProgramOnThisMachineMayChangeThings() throws IOException {
        for (String name : List.of("localhost", "127.0.0.1:" + service.port(), "127.0.0.1")) {
            assertThat(from(name, "PUT", "")).as(name).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=192.0.2.1",
                "Via: 1.1 proxy",
                "X-Forwarded-For: 192.0.2.1",
                "x-forwarded-proto: https",
                "X-Forwarded-Host: yard.example.com",
                "X-Real-IP: 192.0.2.1",
                "Origin: http://localhost"
            })
    void whatAProxyOrAPageSentMayNotChangeAnything(String header) throws IOException {
        assertThat(from("localhost", "PUT", header + "\r\n")).isEqualTo(403);
        assertThat(from("localhost", "GET", header + "\r\n")).isEqualTo(200);
    }

    /** A proxy that keeps the name, and says nothing else of itself. */
    @Test
    void aRequestForAnotherNameMayNotChangeAnything() throws IOException {
        assertThat(from("yard.example.com", "DELETE", "")).isEqualTo(403);
        assertThat(from("10.1.2.3", "DELETE", "")).isEqualTo(403);
    }

    /** As nginx sends them on, unless it is told otherwise. */
    @Test
    void aRequestOfAnOlderHttpMayNotChangeAnything() throws IOException {
        String head = "PUT /things/x HTTP/1.0\r\nHost: 127.0.0.1:7070\r\nContent-Length: 0\r\n";
        assertThat(http.send(head).status()).isEqualTo(403);
        assertThat(http.send("GET /things/x HTTP/1.0\r\n").status()).isEqualTo(200);
    }

    private int from(String name, String method, String headers) throws IOException {
        return http.send(method + " /things/x HTTP/1.1\r\nHost: " + name + "\r\n" + headers + "Content-Length: 0\r\n")
                .status();
    }
}
