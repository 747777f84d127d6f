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

/** The places in the window and the refused tasks that a scheduler still counts when everything has ended. */
final class Leftovers {
    private static final Pattern URL = Pattern.compile("^ready .* http=(\\S+)$", Pattern.MULTILINE);
    private static final Pattern REFUSED = Pattern.compile("\"refused_tasks\":(\\d+)");
    private static final Pattern USED = Pattern.compile("\"window\":\\{\"capacity\":\\d+,\"used\":(\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /** Returns what is left by the scheduler's own account; empty if nothing is. */
    Optional<String> of(Replaceable scheduler) throws IOException, InterruptedException {
        Matcher url = URL.matcher(scheduler.printed());
        if (!url.find()) {
            return Optional.of(scheduler + " is not ready");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.group(1) + "/api/overview"))
                .timeout(LIMIT)
                .build();
        String answer = client.send(request, BodyHandlers.ofString()).body();
        long refused = number(REFUSED, answer);
        long used = number(USED, answer);
        return refused == 0 && used == 0
                ? Optional.empty()
                : Optional.of("%d places of the window are used, %d refused tasks wait".formatted(used, refused));
    }

    private static long number(Pattern pattern, String answer) {
        Matcher found = pattern.matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + answer);
        }
        return Long.parseLong(found.group(1));
    }
}
