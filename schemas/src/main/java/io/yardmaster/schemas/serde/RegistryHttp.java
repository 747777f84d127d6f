package io.yardmaster.schemas.serde;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.InterruptException;

/** Sends one request to one address and waits for the whole answer, at most {@code connectTimeout + readTimeout}. */
final class RegistryHttp {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** All serdes of a JVM share their clients, as a client owns threads. */
    private static final Map<Key, HttpClient> CLIENTS = new ConcurrentHashMap<>();

    private record Key(Duration connectTimeout, Optional<RegistryTls> tls) {}

    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final HttpClient client;

    /** @throws org.apache.kafka.common.config.ConfigException if a file for TLS cannot be used */
    RegistryHttp(Duration connectTimeout, Duration readTimeout, Optional<RegistryTls> tls) {
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
        this.client = CLIENTS.computeIfAbsent(new Key(connectTimeout, tls), RegistryHttp::newClient);
    }

    private static HttpClient newClient(Key key) {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(key.connectTimeout());
        key.tls().ifPresent(tls -> tls.applyTo(client));
        return client.build();
    }

    /** POSTs the body, or GETs if there is none. */
    RegistryAnswer ask(RegistryEndpoint endpoint, String path, Optional<String> body) throws NoAnswerException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.at(path)).header("Accept", CONTENT_TYPE);
        endpoint.authorization().ifPresent(value -> request.header("Authorization", value));
        body.ifPresent(json -> request.header("Content-Type", CONTENT_TYPE).POST(BodyPublishers.ofString(json)));
        // The client's own limit ends with the headers; waiting for the future covers the body, too.
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            long limit = connectTimeout.plus(readTimeout).toMillis();
            HttpResponse<String> response = answer.get(limit, TimeUnit.MILLISECONDS);
            return RegistryAnswer.of(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new NoAnswerException(
                    "no answer within " + connectTimeout.plus(readTimeout).toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new NoAnswerException(describe(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw new InterruptException(e);
        }
    }

    private String describe(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection within " + connectTimeout.toMillis() + " ms";
        }
        if (failure instanceof ConnectException) {
            return "cannot connect";
        }
        String message = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
        return failure instanceof SSLException ? "no TLS (" + message + ")" : message;
    }
}
