package io.yardmaster.replay.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comparison as one page of HTML that needs nothing else: its figures as JSON, and the script that shows them with uPlot. */
public final class ReplayPage {
    private static final Pattern PLACE = Pattern.compile("/\\*\\{([\\w./-]+)}\\*/");

    private ReplayPage() {}

    /** The page. */
    public static String of(Comparison comparison) {
        // A text in the figures must not end the script in which they are.
        String figures = ReplayJson.of(comparison).replace("<", "\\u003c");
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(
                        place.group(1).equals("figures") ? figures : resource(place.group(1))));
    }

    private static String resource(String name) {
        try (InputStream in = ReplayPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
