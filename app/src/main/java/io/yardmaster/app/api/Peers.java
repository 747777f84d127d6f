package io.yardmaster.app.api;

import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other instances. One that does not answer in time counts as one that cannot be reached. */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** The answer of another instance at a path below {@code /internal}; empty unless it is a good one in time. */
    <T> CompletableFuture<Optional<T>> ask(HostPort instance, String path, Class<T> type) {
        return ask(instance, path, type, TIMEOUT);
    }

    /**
     * The same with another timeout.
     *
     * @param timeout until the answer begins; it has ended, or counts as none, after twice that time
     */
    <T> CompletableFuture<Optional<T>> ask(HostPort instance, String path, Class<T> type, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + instance + "/internal/" + path))
                .timeout(timeout)
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray())
                .thenApply(response -> parse(instance, response, type))
                .exceptionally(failure -> {
                    LOG.debug("instance {} does not answer", instance, failure);
                    return Optional.<T>empty();
                })
                .completeOnTimeout(Optional.empty(), 2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> Optional<T> parse(HostPort instance, HttpResponse<byte[]> response, Class<T> type) {
        if (response.statusCode() != 200) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(response.body(), type));
        } catch (IOException e) {
            LOG.debug("instance {} answers something else", instance, e);
            return Optional.empty();
        }
    }
}
