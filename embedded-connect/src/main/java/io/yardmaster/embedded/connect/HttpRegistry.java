package io.yardmaster.embedded.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.yardmaster.schemas.serde.MockSchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;

/** Serves a {@link MockSchemaRegistry} to other processes, with the requests that a serde sends. */
public final class HttpRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MockSchemaRegistry registry;
    private final HttpServer server;

    private HttpRegistry(MockSchemaRegistry registry, HttpServer server) {
        this.registry = registry;
        this.server = server;
    }

    /** Serves the registry that this process has at {@code mock://name}. */
    public static HttpRegistry start(String name) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            HttpRegistry registry = new HttpRegistry(MockSchemaRegistry.named(name), server);
            server.createContext("/subjects/", registry::register);
            server.createContext("/schemas/ids/", registry::schema);
            server.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void register(HttpExchange exchange) throws IOException {
        String subject = exchange.getRequestURI().getPath().split("/", -1)[2];
        String schema = JSON.readTree(exchange.getRequestBody()).path("schema").asText();
        answer(exchange, Map.of("id", registry.register(subject, new Schema.Parser().parse(schema))));
    }

    private void schema(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        answer(
                exchange,
                Map.of("schema", registry.byId(Integer.parseInt(path[3])).toString()));
    }

    private static void answer(HttpExchange exchange, Map<String, ?> answer) throws IOException {
        try (exchange) {
            byte[] body = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
