package io.yardmaster.app.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.app.api.Json;
import io.yardmaster.app.api.Overview;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks an instance for the overview. */
public final class StatusClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;

    /**
     * Asks one instance.
     *
     * @param url without a slash at the end
     */
    public StatusClient(String url) {
        this.url = url;
    }

    /**
     * The overview as it is now.
     *
     * @throws NoInstanceAnswersException with one line that names the URL, if there is no good answer
     */
    public Overview overview() throws InterruptedException {
        JsonNode json = json();
        try {
            return Json.MAPPER.treeToValue(json, Overview.class);
        } catch (JsonProcessingException e) {
            throw new NoInstanceAnswersException(url + ": the overview there is not one that this version reads", e);
        }
    }

    /** The same as it was sent, with fields that this version does not know. */
    public JsonNode json() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/overview"))
                    .timeout(TIMEOUT)
                    .build();
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            JsonNode json = Json.MAPPER.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new NoInstanceAnswersException(
                        url + ": " + json.path("message").asText("HTTP status " + response.statusCode()));
            }
            if (!json.path("totals").isObject()) {
                throw new NoInstanceAnswersException(url + ": what answers there is not Yardmaster");
            }
            return json;
        } catch (IOException | IllegalArgumentException e) {
            throw new NoInstanceAnswersException(url + ": no instance answers there" + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null
                ? ""
                : " (" + e.getMessage().lines().findFirst().orElse("") + ")";
    }
}
