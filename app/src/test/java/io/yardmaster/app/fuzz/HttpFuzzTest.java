package io.yardmaster.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.yardmaster.app.api.Api;
import io.yardmaster.app.http.Health;
import io.yardmaster.app.http.Http;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.http.Router;
import io.yardmaster.app.metrics.Metrics;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests, well-formed or not, are answered or hung up on; none is an internal error. */
@Timeout(180)
class HttpFuzzTest {
    private static final int REQUESTS = 3_000 * FuzzSeed.FACTOR;
    private static final String SCHEMA =
            "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"r\\\",\\\"fields\\\":[{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"int\\\"}]}";
    /** Valid bodies of some requests; the other requests ignore them. */
    private static final List<String> BODIES =
            List.of("", "{\"schema\":\"" + SCHEMA + "\"}", "{\"compatibility\":\"FULL\"}");

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

    /** Everything that answers requests, by its mount point. */
    private Map<String, Router> routers() {
        Map<String, Router> routers = new TreeMap<>(api.routers());
        routers.put("registry", RegistryApi.router(EmbeddedRegistry.open(directory.resolve("schemas.json"))));
        routers.put("health", Health.router(new Fine()));
        routers.put("metrics", metrics.router());
        return routers;
    }

    private static final Set<String> TRIED = Set.of(
            Api.class.getName(),
            "io.yardmaster.app.api.LocalApi",
            RegistryApi.class.getName(),
            Health.class.getName(),
            Metrics.class.getName());

    /** The state of a scheduler that does not run yet. */
    private final Api api =
            new Api(SchedulerConfig.from(Map.of()), "test", new HostPort("127.0.0.1", 7070), Optional::empty);

    private final Metrics metrics = new Metrics("test");

    @AfterEach
    void close() {
        api.close();
        metrics.close();
    }

    @Test
    void nothingThatAnswersRequestsIsLeftOut() {
        Set<String> all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.yardmaster").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getRawReturnType().isEquivalentTo(Router.class))
                        .map(method -> method.getOwner().getName())
                        .filter(owner -> !owner.equals(Router.class.getName()))
                        .collect(Collectors.toSet());
        assertThat(all)
                .as("classes that make a router, each of which routers() has")
                .isEqualTo(TRIED);
    }

    @Test
    void requests() throws IOException {
        TextMutations mutations = new TextMutations(FuzzSeed.of("HTTP"), WORDS);
        try (HttpService service = HttpService.start(new HostPort("127.0.0.1", 0))) {
            List<String> good = new ArrayList<>(List.of(request("GET", "/", "")));
            routers().forEach((name, router) -> {
                service.mount(name, router, "application/json");
                router.routes().forEach(route -> good.addAll(requests(name, route)));
            });
            int answered = 0;
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = mutations.of(good);
                String answer = answer(service.port(), request);
                assertThat(answer)
                        .as("to %s", new String(request, StandardCharsets.UTF_8))
                        .doesNotContain("internal error");
                answered += answer.matches("(?s)HTTP/1.1 (2|4|503).*") ? 1 : 0;
                if (i % 500 == 0) {
                    assertStillThere(service);
                }
            }
            assertThat(answered).isGreaterThan(REQUESTS / 2);
            assertStillThere(service);
            // Another start can read all registered schemas.
            EmbeddedRegistry.open(directory.resolve("schemas.json"));
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

    /** The whole answer, until the server hangs up. */
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

    private static List<String> requests(String mount, String route) {
        String[] parts = route.split(" ", 2);
        String path = "/" + mount + "/" + parts[1].replaceFirst("\\{.*?}", "s").replaceAll("\\{.*?}", "1");
        return BODIES.stream()
                .filter(body -> body.isEmpty() == parts[0].matches("GET|DELETE"))
                .map(body -> request(parts[0], path + (body.isEmpty() ? "?deleted=true" : ""), body))
                .toList();
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
