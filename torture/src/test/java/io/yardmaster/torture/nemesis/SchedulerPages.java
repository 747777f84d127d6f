package io.yardmaster.torture.nemesis;

import io.yardmaster.torture.process.Replaceable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answers of schedulers over HTTP. */
final class SchedulerPages {
    private static final Pattern URL = Pattern.compile("^ready .* http=(\\S+)$", Pattern.MULTILINE);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /** Returns the answer; empty if the scheduler is not ready. */
    Optional<String> get(Replaceable scheduler, String path) throws IOException, InterruptedException {
        Matcher url = URL.matcher(scheduler.printed());
        if (!url.find()) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.group(1) + path))
                .timeout(LIMIT)
                .build();
        return Optional.of(client.send(request, BodyHandlers.ofString()).body());
    }
}
