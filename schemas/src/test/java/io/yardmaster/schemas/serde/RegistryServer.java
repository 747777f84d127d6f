package io.yardmaster.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;

/** A registry behind real HTTP that remembers its requests, and whose answers a test may replace. */
final class RegistryServer implements AutoCloseable {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();

    record Request(String method, String path, String contentType, String authorization) {}

    record Answer(int status, String body) {
        static Answer error(int status, int code, String message) {
            return new Answer(status, "{\"error_code\":%d,\"message\":\"%s\"}".formatted(code, message));
        }
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final MockSchemaRegistry content = MockSchemaRegistry.named("server-" + STARTED.incrementAndGet());
    private final HttpServer server;
    private volatile UnaryOperator<Answer> replacement = UnaryOperator.identity();

    RegistryServer() {
        this(plain());
    }

    private RegistryServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    /** Speaks TLS only, and only with clients whose certificate the context trusts if that is required. */
    static RegistryServer encrypted(SSLContext context, boolean needsClient) {
        try {
            HttpsServer server = HttpsServer.create(ANY_PORT, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters ssl = context.getDefaultSSLParameters();
                    ssl.setNeedClientAuth(needsClient);
                    parameters.setSSLParameters(ssl);
                }
            });
            return new RegistryServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer plain() {
        try {
            return HttpServer.create(ANY_PORT, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RegistryServer answering(Answer always) {
        RegistryServer server = new RegistryServer();
        server.replace(regular -> always);
        return server;
    }

    /** Passes all further answers through this function. */
    void replace(UnaryOperator<Answer> answers) {
        replacement = answers;
    }

    String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("Authorization"));
        requests.add(request);
        Answer answer = replacement.apply(regular(request, body));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer regular(Request request, String body) throws IOException {
        String[] path = request.path().substring(1).split("/", -1);
        try {
            if (request.method().equals("GET")) {
                Schema schema = content.byId(Integer.parseInt(path[2]));
                return new Answer(200, JSON.writeValueAsString(Map.of("schema", schema.toString())));
            }
            JsonNode asked = JSON.readTree(body);
            Schema schema = new Schema.Parser().parse(asked.get("schema").asText());
            int id = path.length == 3 ? content.register(path[1], schema) : content.idOf(path[1], schema);
            return new Answer(200, "{\"id\":%d}".formatted(id));
        } catch (UnreadableRecordException e) {
            return Answer.error(404, 40403, "Schema not found");
        } catch (UnregisteredSchemaException e) {
            return Answer.error(404, 40401, "Subject not found");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
