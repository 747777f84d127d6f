package io.yardmaster.app.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.app.api.HostsAnswer;
import io.yardmaster.app.api.Json;
import io.yardmaster.app.api.Overview;
import io.yardmaster.app.api.StagesAnswer;
import io.yardmaster.app.api.WhenAnswer;
import io.yardmaster.core.values.FailurePage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks an instance for the overview, or about one job. */
public final class StatusClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** An estimate asks all instances, and then takes a second or two. */
    private static final Duration TIMEOUT_OF_ESTIMATE = Duration.ofSeconds(30);

    private static final int NOT_FOUND = 404;

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

    /** An answer and its HTTP status. */
    private record Answer(int status, JsonNode json) {}

    /**
     * The overview as it is now.
     *
     * @throws NoInstanceAnswersException with one line that names the URL, if there is no good answer
     */
    public Overview overview() throws InterruptedException {
        return read(json(), Overview.class, "overview");
    }

    /** The same as it was sent, with fields that this version does not know. */
    public JsonNode json() throws InterruptedException {
        JsonNode json = good(ask("overview"));
        if (!json.path("totals").isObject()) {
            throw new NoInstanceAnswersException(url + ": another program than Yardmaster answers there");
        }
        return json;
    }

    /**
     * A job with the first {@code limit} of its stages and as many of its failed tasks. Unknown ones are left out.
     *
     * @throws NoInstanceAnswersException as above, or if neither the job nor a graph of it is known
     */
    public JobStatus job(long job, int limit) throws InterruptedException {
        JsonNode json = json(job, limit);
        return new JobStatus(
                job,
                present(json, "job").map(found -> found.path("state").asText()),
                present(json, "job")
                        .map(found -> found.path("why").path("sentence").asText()),
                read(present(json, "stages"), StagesAnswer.class, "list of stages"),
                read(present(json, "failures"), FailurePage.class, "list of failed tasks"));
    }

    /** The same as it was sent; null where it is not known. */
    public JsonNode json(long job, int limit) throws InterruptedException {
        Answer found = ask("jobs/" + job);
        Answer stages = ask("jobs/" + job + "/stages?limit=" + limit);
        Answer failures = ask("jobs/" + job + "/failures?limit=" + limit);
        if (stages.status() == NOT_FOUND) {
            // Nothing but the job may be known, and then this says so.
            good(found);
        }
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.set("job", goodOrNull(found));
        all.set("stages", goodOrNull(stages));
        all.set("failures", goodOrNull(failures));
        return all;
    }

    /**
     * An estimate of when a job starts.
     *
     * @param slots of the fleet; empty if the instance finds out
     * @throws NoInstanceAnswersException as above, or if the job is not known, has started, or cannot start
     */
    public WhenAnswer when(long job, Optional<Integer> slots) throws InterruptedException {
        return read(jsonOfWhen(job, slots), WhenAnswer.class, "estimate");
    }

    /** The same as it was sent. */
    public JsonNode jsonOfWhen(long job, Optional<Integer> slots) throws InterruptedException {
        String query = slots.map(many -> "?slots=" + many).orElse("");
        return good(ask("jobs/" + job + "/when" + query, TIMEOUT_OF_ESTIMATE));
    }

    /** The pools that place tasks on hosts, likewise. */
    public HostsAnswer.All hosts() throws InterruptedException {
        return read(jsonOfHosts(), HostsAnswer.All.class, "list of pools");
    }

    /** The same as it was sent. */
    public JsonNode jsonOfHosts() throws InterruptedException {
        return good(ask("hosts"));
    }

    private JsonNode goodOrNull(Answer answer) {
        return answer.status() == NOT_FOUND ? Json.MAPPER.nullNode() : good(answer);
    }

    private JsonNode good(Answer answer) {
        if (answer.status() != 200) {
            throw new NoInstanceAnswersException(
                    url + ": " + answer.json().path("message").asText("HTTP status " + answer.status()));
        }
        return answer.json();
    }

    private static Optional<JsonNode> present(JsonNode json, String field) {
        return Optional.of(json.path(field)).filter(JsonNode::isObject);
    }

    private <T> Optional<T> read(Optional<JsonNode> json, Class<T> type, String what) {
        return json.map(present -> read(present, type, what));
    }

    private <T> T read(JsonNode json, Class<T> type, String what) {
        try {
            return Json.MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new NoInstanceAnswersException(
                    url + ": the " + what + " there is not one that this version reads", e);
        }
    }

    private Answer ask(String path) throws InterruptedException {
        return ask(path, TIMEOUT);
    }

    private Answer ask(String path, Duration timeout) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/" + path))
                    .timeout(timeout)
                    .build();
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), Json.MAPPER.readTree(response.body()));
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
