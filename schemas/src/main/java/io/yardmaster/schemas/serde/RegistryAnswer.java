package io.yardmaster.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * An answer of a registry.
 *
 * @param body missing if it is not JSON
 */
record RegistryAnswer(int status, JsonNode body) {
    static final int SUBJECT_NOT_FOUND = 40401;
    static final int SCHEMA_NOT_FOUND = 40403;

    private static final int INVALID_SCHEMA = 42201;
    private static final int LONGEST_REASON = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    static RegistryAnswer of(int status, String text) {
        try {
            return new RegistryAnswer(status, JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return new RegistryAnswer(status, MissingNode.getInstance());
        }
    }

    /** Returns false if the same question may get another answer later or at another address. */
    boolean isFinal() {
        return isGiven() || isRefusal() || isNotFound();
    }

    boolean isGiven() {
        return status == 200 && body.isObject();
    }

    boolean isRefusal() {
        return status == 409 || errorCode() == INVALID_SCHEMA;
    }

    /** Returns false for a plain 404, which a wrong path gives, too, and which must not make records unreadable. */
    boolean isNotFound() {
        return errorCode() == SUBJECT_NOT_FOUND || errorCode() == SCHEMA_NOT_FOUND;
    }

    private int errorCode() {
        return body.path("error_code").asInt();
    }

    /** The registry's own words in one line of bounded length. */
    String reason() {
        String words =
                switch (status) {
                    case 401, 403 -> "access denied";
                    case 404 -> isNotFound() ? message() : "no schema registry at this address";
                    default -> message();
                };
        return "HTTP " + status + (words.isEmpty() ? "" : ", " + words);
    }

    private String message() {
        String oneLine = body.path("message").asText("").strip().replaceAll("\\s+", " ");
        return oneLine.length() <= LONGEST_REASON ? oneLine : oneLine.substring(0, LONGEST_REASON) + "...";
    }
}
