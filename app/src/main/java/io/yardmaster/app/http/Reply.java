package io.yardmaster.app.http;

import java.util.Map;

/**
 * An answer.
 *
 * @param body written as JSON, unless it is bytes
 * @param headers those beside the content's type and length
 */
public record Reply(int status, Object body, Map<String, String> headers) {

    public Reply(int status, Object body) {
        this(status, body, Map.of());
    }

    public static Reply ok(Object body) {
        return new Reply(200, body);
    }
}
