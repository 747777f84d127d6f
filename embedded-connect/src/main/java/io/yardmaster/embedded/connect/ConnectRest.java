package io.yardmaster.embedded.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The REST interface of a worker. */
public final class ConnectRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int CONFLICT = 409;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    ConnectRest(String url) {
        this.url = url;
    }

    /** An answer of the worker. */
    public record Answer(int code, JsonNode body) {}

    public String url() {
        return url;
    }

    /** Returns whether the worker takes configurations. */
    public boolean isUp() {
        try {
            return ask("GET", "/connectors", null).code() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    public Answer put(String connector, Map<String, String> configuration) {
        try {
            return ask("PUT", "/connectors/" + connector + "/config", JSON.writeValueAsString(configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer delete(String connector) {
        return ask("DELETE", "/connectors/" + connector, null);
    }

    public Answer restart(String connector) {
        return ask("POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", "");
    }

    /** Ends the connector's tasks and keeps its offsets. */
    public Answer stop(String connector) {
        return ask("PUT", "/connectors/" + connector + "/stop", "");
    }

    public Answer resume(String connector) {
        return ask("PUT", "/connectors/" + connector + "/resume", "");
    }

    /** Changes an offset of a stopped connector. */
    public Answer changeOffset(String connector, Map<String, ?> partition, Map<String, ?> offset) {
        Map<String, ?> changed = Map.of("partition", partition, "offset", offset);
        try {
            return ask(
                    "PATCH",
                    "/connectors/" + connector + "/offsets",
                    JSON.writeValueAsString(Map.of("offsets", List.of(changed))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode status(String connector) {
        return ask("GET", "/connectors/" + connector + "/status", null).body();
    }

    /** Returns whether the connector and its task run. */
    public boolean isRunning(String connector) {
        JsonNode status = status(connector);
        return isRunning(status.path("connector"))
                && isRunning(status.path("tasks").path(0));
    }

    private static boolean isRunning(JsonNode part) {
        return part.path("state").asText().equals("RUNNING");
    }

    /** Asks again while the worker refuses because its group rebalances. */
    private Answer ask(String method, String path, String body) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Answer answer = askOnce(method, path, body);
        while (answer.code() == CONFLICT && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = askOnce(method, path, body);
        }
        return answer;
    }

    private Answer askOnce(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
