package io.yardmaster.app.http;

import java.util.Map;

/**
 * A request as handlers see it.
 *
 * @param path as it was sent, behind the mount point, without empty segments: {@code /} for the mount point itself
 * @param query decoded; of a repeated name the last value
 * @param trusted true if it comes from a program on this machine, and neither from a page in a browser nor through a proxy
 * @param body UTF-8, never larger than {@link HttpService#MAX_BODY_BYTES}; empty when there is none
 */
public record Request(String method, String path, Map<String, String> query, boolean trusted, String body) {

    /** True if the query has {@code name=true}. */
    public boolean flag(String name) {
        return "true".equalsIgnoreCase(query.get(name));
    }
}
