package io.yardmaster.app.http;

/**
 * What to answer.
 *
 * @param body written as JSON, unless it is bytes
 */
public record Reply(int status, Object body) {

    public static Reply ok(Object body) {
        return new Reply(200, body);
    }
}
