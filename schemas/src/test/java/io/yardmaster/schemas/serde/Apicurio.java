package io.yardmaster.schemas.serde;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Apicurio Registry in a process of its own, on a free port, keeping its schemas in memory. */
final class Apicurio implements AutoCloseable {
    static final int LEAST_JAVA = 21;

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^ ]*\\d)");
    private static final int LINES_KEPT = 50;

    private final Process process;
    private final CompletableFuture<String> address = new CompletableFuture<>();

    /** @param java the home of a Java of version {@link #LEAST_JAVA} or newer */
    Apicurio(Path java) {
        Path jar = Path.of(System.getProperty("apicurio.home"), "quarkus-run.jar");
        try {
            process = new ProcessBuilder(
                            java.resolve("bin/java").toString(),
                            "-Xmx384m",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=0",
                            "-Dquarkus.management.host=127.0.0.1",
                            "-Dquarkus.management.port=0",
                            "-jar",
                            jar.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::follow, "apicurio-output");
        reader.setDaemon(true);
        reader.start();
        await().atMost(Duration.ofMinutes(2)).until(address::isDone);
        address.join();
    }

    private void follow() {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last.addLast(line);
                if (last.size() > LINES_KEPT) {
                    last.removeFirst();
                }
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    address.complete(listening.group(1));
                }
            }
            address.completeExceptionally(new IllegalStateException("it ended:\n" + String.join("\n", last)));
        } catch (IOException e) {
            address.completeExceptionally(e);
        }
    }

    /** The address at which it speaks Confluent's protocol. */
    String url() {
        return address.join() + "/apis/ccompat/v7";
    }

    /** Makes it refuse schemas that cannot read records of the subject's newest one. */
    void requireBackwardCompatibility(String subject) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/config/" + subject))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
