package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the API, which is a file in this package. */
public final class OpenApi {
    private OpenApi() {}

    static byte[] yaml() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As one tree. */
    public static JsonNode json() {
        try {
            return new YAMLMapper().readTree(yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
