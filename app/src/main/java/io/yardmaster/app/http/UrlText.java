package io.yardmaster.app.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Decodes parts of URLs. Nonsense is answered with 400. */
final class UrlText {
    private UrlText() {}

    /** A segment of a path, in which a plus sign is a plus sign. */
    static String segment(String encoded) {
        return decode(encoded.replace("+", "%2B"));
    }

    /** The query's names and values; of a repeated name the last value. */
    static Map<String, String> query(String encoded) {
        Map<String, String> query = new HashMap<>();
        for (String part : encoded.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            query.put(decode(name), equals < 0 ? "" : decode(part.substring(equals + 1)));
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            HttpProblem problem = new HttpProblem(400, 400, "malformed URL: " + e.getMessage());
            problem.initCause(e);
            throw problem;
        }
    }
}
